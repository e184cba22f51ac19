"""Candlelight 烛光: stories of volunteers become a website, a book and an archive."""

__version__ = "0.1.0"
