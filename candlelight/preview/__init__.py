"""The preview: a site of its own on this machine only, rebuilt and reloaded at every save."""
