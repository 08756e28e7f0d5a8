/** Hostile text of our own making: every way we know to smuggle something that runs into HTML, crossed with the others. */
export function hostileStrings(): string[] {
  return [...new Set([...handlers(), ...addresses(), ...shells(), ...mutations(), ...markdown()])];
}

/** Runs when it runs anywhere: a page that tries these in a browser defines it. */
const RUN = "hit()";

const tags = [
  "script", "img", "svg", "iframe", "object", "embed", "link", "meta", "base", "form", "input", "button", "video", "audio", "source", "track", "math", "style", "template", "details", "marquee", "body", "html", "head",
  "textarea", "select", "option", "frame", "frameset", "applet", "noscript", "xmp", "title", "plaintext", "foreignObject", "use", "animate", "set", "a", "div", "p", "table", "td", "blockquote", "pre", "code", "x-unknown", "slot", "dialog", "portal", "fencedframe",
];

function* handlers(): Generator<string> {
  const events = ["onload", "onerror", "onclick", "onmouseover", "onfocus", "ontoggle", "onanimationstart", "onbegin", "onpointerenter", "onbeforetoggle", "onwheel", "oncontentvisibilityautostatechange"];
  for (const tag of tags) {
    for (const event of events) yield `<${tag} src=x ${event}=${RUN} autofocus tabindex=1>`;
    yield `<${tag}/onload=${RUN}/`;
    yield `<${tag}\fonerror\n=\t"${RUN}">x</${tag}>`;
    yield `<${tag} ONCLICK='${RUN}' id=x class=modal style="position:fixed;inset:0;background:url(//evil.test)">`;
    yield `<${tag} x="'><img src=x onerror=${RUN}>" y='"><img src=x onerror=${RUN}>'>`;
    yield `<\0${tag} onerror=${RUN}>`;
  }
}

const protocols = ["javascript:", "vbscript:", "data:text/html,", "data:text/html;base64,", "data:image/svg+xml,", "data:application/xhtml+xml,", "blob:", "file:///", "ftp://", "livescript:", "mocha:", "jar:", "view-source:", "filesystem:", "about:", "ms-settings:", "intent:", "//evil.test/", "\\\\evil.test\\", "/\\evil.test", "http:evil.test", "https:/\\evil.test", "tel:", "sms:"];

/** One address in the disguises that browsers see through. */
function disguises(protocol: string): string[] {
  const [first = "", ...rest] = protocol;
  const tail = rest.join("");
  const at = Math.ceil(protocol.length / 2);
  return [
    protocol, protocol.toUpperCase(), ` ${protocol}`, `\t${protocol}`, `\u0001${protocol}`, `\u00a0${protocol}`, `\u200b${protocol}`, `\ufeff${protocol}`, `\u2028${protocol}`,
    `${protocol.slice(0, at)}\n${protocol.slice(at)}`, `${protocol.slice(0, at)}\t${protocol.slice(at)}`, `${protocol.slice(0, at)}\0${protocol.slice(at)}`, `${protocol.slice(0, at)}\u00ad${protocol.slice(at)}`,
    `&#${first.charCodeAt(0)};${tail}`, `&#x${first.charCodeAt(0).toString(16)};${tail}`, `&#${String(first.charCodeAt(0)).padStart(9, "0")}${tail}`, protocol.replace(":", "&colon;"), protocol.replace(":", "&#58"), protocol.replace(":", "%3A"),
    `${protocol.slice(0, at)}&Tab;${protocol.slice(at)}`, `${protocol.slice(0, at)}&NewLine;${protocol.slice(at)}`, `${protocol.slice(0, at)}/**/${protocol.slice(at)}`, `http://x@${protocol}`, `https://home.test\u0000${protocol}`,
  ];
}

function* addresses(): Generator<string> {
  const places = [(href: string) => `<a href="${href}">x</a>`, (href: string) => `<a href=${href.replace(/[\s"'<>`]/g, "&#32;")}>x`, (href: string) => `[x](<${href}>)`, (href: string) => `[x]: ${href}\n\n[x]`];
  const rare = [(href: string) => `<img src="${href}" srcset="${href} 2x">`, (href: string) => `<form action="${href}"><button formaction='${href}'>x`, (href: string) => `<svg><a xlink:href="${href}"><text>x`, (href: string) => `<iframe src='${href}' srcdoc="<script>${RUN}</script>">`, (href: string) => `![x](${href})`, (href: string) => `<${href}>`, (href: string) => `<base href="${href}"><link rel=stylesheet href="${href}"><meta http-equiv=refresh content="0;url=${href}">`];
  for (const protocol of protocols) {
    for (const disguise of disguises(protocol)) for (const place of places) yield place(`${disguise}${RUN}`);
    for (const place of rare) yield place(`${protocol}${RUN}`);
  }
}

const core = `<img src=x onerror=${RUN}>`;

/** What should hide it: quotes, comments, sections, elements whose content is no HTML. */
function* shells(): Generator<string> {
  const pairs: [string, string][] = [
    ["<!--", "-->"], ["<!-->", "-->"], ["<!--->", ""], ["<!-- --!>", ""], ["<![CDATA[", "]]>"], ["<?xml ", "?>"], ["<!doctype ", ">"], ["</", ">"], ["<%", "%>"], ["{{", "}}"], ["${", "}"], ["\u2028", "\u2029"], ["`", "`"], ["```html\n", "\n```"], ["    ", ""],
    ...["textarea", "title", "style", "script", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext", "template", "select", "option", "svg", "math", "table", "pre", "code", "blockquote", "listing"].map((tag): [string, string] => [`<${tag}>`, `</${tag}>`]),
  ];
  for (const [open, close] of pairs) {
    yield `${open}${core}${close}`;
    yield `${open}${close}${core}`;
    yield `${open}"${close}'${core}`;
    for (const [inner, end] of pairs) yield `${open}${inner}${close}${core}${end}`;
  }
  for (const tag of ["script", "img", "svg", "style"]) {
    yield `<${tag.slice(0, 2)}<${tag}>${tag.slice(2)} src=x onerror=${RUN}>`;
    yield `<<${tag} src=x onerror=${RUN}>>`;
    yield `<${tag} <${tag} src=x onerror=${RUN}>`;
    yield `＜${tag} onerror=${RUN}＞`;
    yield `&lt;${tag} onerror=${RUN}&gt;`;
    yield `&amp;lt;${tag} onerror=${RUN}&amp;gt;`;
    yield `\\u003c${tag} onerror=${RUN}\\u003e`;
    yield `%3C${tag}%20onerror=${RUN}%3E`;
    yield `<${tag}\u00a0onerror=${RUN}>`;
  }
}

/** HTML that is harmless as read once, and is read otherwise in another place: the weakness of every sanitiser. */
function* mutations(): Generator<string> {
  const roots = ["svg", "math", "form><math", "math><mtext", "svg><foreignObject", "svg><desc", "svg><title", "math><annotation-xml encoding=\"text/html\"", "table><math", "select><math"];
  const integration = ["mglyph", "malignmark", "mtext", "mi", "style", "title", "textarea", "p", "table><mglyph", "ul><li><mglyph", "option><mglyph"];
  const raw = ["style", "title", "textarea", "xmp", "noscript", "noembed", "iframe", "script", "!--"];
  for (const root of roots) {
    for (const inner of integration) yield `<${root}><${inner}><style><!--</style><a title="--&gt;&lt;img src=x onerror=${RUN}&gt;">x`;
    for (const tag of raw) {
      yield `<${root}><${tag}><a id="</${tag}>${core}">`;
      yield `<${root}></p><${tag}><a title="</${tag}>${core}"></a>`;
      yield `<${root}><p><${tag}></p></${tag}>${core}`;
    }
  }
  for (let depth = 1; depth < 600; depth *= 5) yield `${"<div>".repeat(depth)}<table>${"<svg>".repeat(Math.min(depth, 50))}<style><a title="</style>${core}">`;
}

function* markdown(): Generator<string> {
  for (const [open, close] of [["[", "]"], ["![", "]"], ["**", "**"], ["`", "`"], ["> ", ""], ["- [ ] ", ""], ["| a |\n|---|\n| ", " |"], ["1. ", ""], ["## ", ""], ["~~", "~~"]]) {
    yield `${open}${core}${close}(x "onerror=${RUN}")`;
    yield `${open}<script>${RUN}</script>${close}`;
    yield `${open}x" onerror="${RUN}${close}(javascript:${RUN})`;
    yield `${open}${close}(https://a.example/"onmouseover="${RUN})`;
    yield `${open}x${close}(https://a.example/'><script>${RUN}</script>)`;
  }
  yield* [`@"><script>${RUN}</script>`, `<@a"onclick=${RUN}>`, `<javascript:${RUN}>`, `<https://a.example/"onclick=${RUN}>`, `https://a.example/"onclick=${RUN}`, `www.a.example/<svg onload=${RUN}>`, "```\"><script>\nx\n```", "``` js onclick=hit()\nx\n```", `[x]: javascript:${RUN} 'x'\n[x]`, `[a](<javascript:${RUN}> "x")`, `<a@b.example?body=<script>>`];
}
