// Everything in the document that could run, load, send or mislead: one line each.
() => {
  const found = [];
  const tell = (what, one) => found.push(`${what}: ${one.outerHTML.slice(0, 160)}`);
  const deadly = new Set(`iframe frame frameset object embed applet form input button select textarea
    style base portal math foreignobject animate animatemotion animatetransform set video audio source
    track dialog template noscript marquee plaintext xmp isindex image slot keygen param`.split(/\s+/));
  const addresses = ["href", "xlink:href", "src", "action", "formaction", "data", "poster", "background",
    "cite", "ping", "srcdoc", "manifest", "longdesc", "usemap", "profile", "codebase", "archive"];
  const ours = (address) => address.origin === location.origin;

  const judge = (one, name, value) => {
    if (one.localName === "base" && location.pathname.endsWith("404.html")) return;
    let address;
    try { address = new URL(value, document.baseURI); } catch { tell(`no address in ${name}`, one); return; }
    const follows = one.localName === "a" && name.endsWith("href") || (one.localName === "link" && one.rel === "canonical");
    const pixel = one.localName === "img" && value.startsWith("data:image/webp;base64,");
    const link = follows && ["http:", "https:", "mailto:"].includes(address.protocol);
    // Whoever writes may link to any site; nothing may be loaded from one.
    if (!ours(address) && !pixel && !link) tell(`${name} leads away`, one);
  };

  for (const one of document.querySelectorAll("*")) {
    const name = one.localName;
    const picture = name === "source" && one.parentElement.localName === "picture";
    const lost = location.pathname.endsWith("404.html") && name === "base";
    if (deadly.has(name) && !lost && !picture) tell("element", one);
    if (name === "script" && one.type !== "application/ld+json" && !one.src) tell("script", one);
    if (name === "svg" && !one.closest("[class]") && one.closest("main")) tell("svg", one);
    for (const { name: key, value } of one.attributes) {
      if (/^on/i.test(key)) tell("handler", one);
      if (key === "target" || key === "download" || key === "autofocus") tell(key, one);
      if (key === "style" && !/^[-\w\s:;.,%#()/*+]*$/.test(value)) tell("style", one);
      if (key === "style" && /url|expression|position|behavior|binding|import/i.test(value)) tell("style", one);
      if (addresses.includes(key)) judge(one, key, value);
      if (key === "srcset") value.split(", ").forEach((part) => judge(one, key, part.split(" ")[0]));
      if (key === "http-equiv" && /refresh/i.test(value)) {
        const target = /url=(.*)$/i.exec(one.content);
        if (target) judge(one, "refresh", target[1]);
      }
    }
  }
  if (document.querySelectorAll("#main, main").length > 1) found.push("two places for the text");
  if (document.domain !== location.hostname) found.push("clobbered: domain");
  if (typeof document.getElementById !== "function") found.push("clobbered: getElementById");
  return found;
}
