"""Markup that would run or load something if it ever became markup."""

# `p()` is what each of them tries to call; Chromium would tell of it as a dialog.
CALL = "alert(1)"
MARKUP = (
    f"<script>{CALL}</script>",
    f"</script><script>{CALL}</script>",
    f"<ScRiPt>{CALL}</sCrIpT>",
    f"<script/x>{CALL}</script>",
    f"<script\n>{CALL}</script\n>",
    f"<script src=data:,{CALL}></script>",
    f"<script type=module>{CALL}</script>",
    f"<<script>{CALL}//<</script>",
    f"<scr<script>ipt>{CALL}</scr</script>ipt>",
    f"<noscript><p title='</noscript><img src=x onerror={CALL}>'>",
    f"<img src=x onerror={CALL}>",
    f'<img src="x" onerror="{CALL}">',
    f"<img/src=x/onerror={CALL}>",
    f"<img src=x\tonerror\n=\n{CALL}>",
    f"<IMG SRC=x ONERROR={CALL}>",
    f"<img src=x:x onerror={CALL}//",
    f"<img src=`x` onerror=`{CALL}`>",
    f"<image src=x onerror={CALL}>",
    f"<svg onload={CALL}>",
    f"<svg/onload={CALL}>",
    f"<svg><script>{CALL}</script></svg>",
    f"<svg><script href=data:,{CALL} />",
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>",
    "<svg><use href=data:image/svg+xml,x></svg>",
    f"<svg><a xlink:href=javascript:{CALL}><text y=20>x</text></a></svg>",
    f"<svg><style><img src=x onerror={CALL}></style></svg>",
    f"<math><mtext><style><img src=x onerror={CALL}></style></mtext></math>",
    f"<math href=javascript:{CALL}>x</math>",
    f"<body onload={CALL}>",
    f"<input autofocus onfocus={CALL}>",
    f"<select autofocus onfocus={CALL}>",
    f"<textarea autofocus onfocus={CALL}>",
    f"<details open ontoggle={CALL}>",
    f"<video><source onerror={CALL}></video>",
    f"<video src=x onerror={CALL}></video>",
    f"<audio src=x onerror={CALL}></audio>",
    f"<marquee onstart={CALL}>x</marquee>",
    f"<div onpointerenter={CALL}>x</div>",
    f"<p style=animation:x onanimationstart={CALL}>x</p>",
    f"<x tabindex=1 onfocus={CALL} autofocus>x</x>",
    f"<iframe src=javascript:{CALL}></iframe>",
    f"<iframe srcdoc='<script>parent.{CALL}</script>'></iframe>",
    f"<object data=javascript:{CALL}></object>",
    f"<embed src=javascript:{CALL}>",
    f"<a href=javascript:{CALL}>x</a>",
    f"<a href='java\tscript:{CALL}'>x</a>",
    f"<a href=&#106;avascript:{CALL}>x</a>",
    f"<a href=data:text/html,<script>{CALL}</script>>x</a>",
    f"<form action=javascript:{CALL}><button>x</button></form>",
    f"<button formaction=javascript:{CALL}>x</button>",
    f"<isindex type=image src=x onerror={CALL}>",
    f"<link rel=stylesheet href=data:text/css,x onload={CALL}>",
    "<link rel=prefetch href=//evil.example/x>",
    f"<meta http-equiv=refresh content='0;url=javascript:{CALL}'>",
    "<base href=//evil.example/>",
    "<style>@import '//evil.example/x';</style>",
    f"<template><script>{CALL}</script></template>",
    f"<div hx-get=/ hx-trigger=load hx-on:load={CALL}>x</div>",
    "<div hx-swap-oob='innerHTML:body'>gone</div>",
    "<li id=timeline data-id=x data-position=9999 hx-swap-oob=true>x</li>",
    f"<xss id=x tabindex=1 onbeforeinput={CALL} contenteditable>x</xss>",
    f"'><img src=x onerror={CALL}>",
    f'"><img src=x onerror={CALL}>',
    f"'\"><svg onload={CALL}>",
    f"` onmouseover={CALL} x=`",
    f'" onfocus="{CALL}" autofocus="',
    f"' onfocus='{CALL}' autofocus='",
    f'" style="position:fixed;inset:0" onclick="{CALL}',
    f"</textarea><img src=x onerror={CALL}>",
    f"</title><img src=x onerror={CALL}>",
    f"</style><img src=x onerror={CALL}>",
    f"</template><img src=x onerror={CALL}>",
    f"</option></select><img src=x onerror={CALL}>",
    f"--><img src=x onerror={CALL}>",
    f"<!--><img src=x onerror={CALL}>-->",
    f"<![CDATA[><img src=x onerror={CALL}>]]>",
    f"<?xml version='1.0'?><script>{CALL}</script>",
    f"&lt;img src=x onerror={CALL}&gt;",
    f"&amp;lt;img src=x onerror={CALL}&amp;gt;",
    f"&#60;img src=x onerror={CALL}&#62;",
    f"\\u003cimg src=x onerror={CALL}\\u003e",
    f"%3Cimg%20src=x%20onerror={CALL}%3E",
    f"\uff1cimg src=x onerror={CALL}\uff1e",
    f"+ADw-script+AD4-{CALL}+ADw-/script+AD4-",
    f"[x](javascript:{CALL})",
    f'![x](x" onerror="{CALL})',
    f"| <img src=x onerror={CALL}> | b |",
    f"FROM: <img src=x onerror={CALL}>",
    f"# <svg onload={CALL}>",
    f"1. <svg onload={CALL}>",
    f"<!--styles--><img src=x onerror={CALL}>",
    "{{ 7 * 7 }}{% raw %}",
    "{{ entry.__class__.__mro__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "${7*7} #{7*7} <%= 7*7 %> @(7*7)",
    "{title} {0.__class__} %(title)s %s",
)


class Cycle:
    """Fills each field with as many payloads as fit, the next one first."""

    def __init__(self, start: int = 0) -> None:
        self._next = start
        self.used = 0

    def __call__(self, most: int, said: str) -> str:
        found: list[str] = []
        size = 0
        for step in range(len(MARKUP)):
            one = MARKUP[(self._next + step) % len(MARKUP)]
            if size + len(one) + 1 <= most:
                found.append(one)
                size += len(one) + 1
        self._next += 1
        self.used += len(found)
        return " ".join(found) or said
