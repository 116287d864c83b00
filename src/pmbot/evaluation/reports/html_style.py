"""The style of the report page, light and dark; nothing is fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterable

from pmbot.evaluation.reports.svg import PALETTE, PALETTE_DARK

_BASE = """
:root{color-scheme:light dark;--ink:#1c2733;--soft:#566373;--ground:#f5f7f9;--card:#fff;--edge:#d9dfe6;--link:#0b62c4;
--good:#1a7f37;--bad:#c4320a;--dull:#5d6875;--odd:#8250df;--mark:#ffe58a;--short:#ffc94d;--want:#cfe8ff;--wash:#eef2f6}
@media(prefers-color-scheme:dark){:root{--ink:#e6ebf0;--soft:#a3afbc;--ground:#12171d;--card:#1a2129;--edge:#303a45;--link:#6cb2ff;
--good:#56d07a;--bad:#ff8a66;--dull:#a3afbc;--odd:#b794ff;--mark:#5c4a00;--short:#8a6d00;--want:#123f66;--wash:#222b35}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:break-word}
code,.id,.where,blockquote,.said,dd,bdi{overflow-wrap:anywhere}
header,main{max-width:76rem;margin:0 auto;padding:0 1rem}
h1{font-size:1.6rem;margin:1.5rem 0 .25rem;line-height:1.2}
h2{font-size:1.15rem;margin:2rem 0 .75rem}
h3{font-size:1rem;margin:0 0 .5rem}
p{margin:.4rem 0}
code,.id{font:.875em ui-monospace,monospace}
.soft{color:var(--soft)}.small{font-size:.875rem}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.5rem 1rem;z-index:1}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
.sources{margin:.25rem 0;padding:0;list-style:none}
.totals{display:flex;flex-wrap:wrap;gap:.5rem 1.75rem;margin:1rem 0;padding:0;list-style:none}
.totals b{display:block;font-size:1.75rem;line-height:1.1}
.passed{--hue:var(--good)}.failed,.error{--hue:var(--bad)}.xfailed{--hue:var(--dull)}.xpassed{--hue:var(--odd)}
.totals .passed b,.totals .failed b,.totals .error b,.totals .xfailed b,.totals .xpassed b{color:var(--hue)}
.badge{display:inline-block;min-width:4.6rem;padding:.05rem .5rem;border:1px solid var(--hue);border-radius:1rem;color:var(--hue);
font-size:.8rem;font-weight:600;text-align:center;flex:none}
.card,figure{background:var(--card);border:1px solid var(--edge);border-radius:8px;padding:1rem;margin:0}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1rem;align-items:start}
svg{display:block;width:100%;max-width:30rem;height:auto}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--edge);vertical-align:top}
tr:last-child>*{border-bottom:0}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
th{font-weight:600}
@media(max-width:38rem){.metrics,.metrics tbody{display:block}.metrics tr{display:grid;grid-template-columns:1fr 3rem 7.2rem 3rem;
border-bottom:1px solid var(--edge);padding:.3rem 0}.metrics th,.metrics td{border:0;padding:0}.metrics td:last-child{grid-column:1/-1}
.metrics tr:first-child th:last-child{display:none}}
summary{cursor:pointer}
fieldset{border:0;margin:0 0 .75rem;padding:0;min-width:0}
legend{padding:0;font-size:.875rem;color:var(--soft)}
.chips{display:flex;flex-wrap:wrap;gap:.35rem;max-height:11rem;overflow-y:auto;padding:4px}
.chips label{display:inline-flex;align-items:center;gap:.4rem;padding:.2rem .7rem;border:1px solid var(--edge);border-radius:1rem;
background:var(--card);font-size:.9rem;cursor:pointer}
.chips label:has(:checked){border-color:var(--link);box-shadow:inset 0 0 0 1px var(--link)}
.chips label:has(:focus-visible){outline:3px solid var(--link);outline-offset:1px}
.chips input{margin:0}
.case{background:var(--card);border:1px solid var(--edge);border-left:4px solid var(--hue);border-radius:6px;margin:.5rem 0}
.case>summary{display:flex;flex-wrap:wrap;gap:.2rem .75rem;align-items:baseline;padding:.55rem .9rem;list-style:none}
.case>summary::-webkit-details-marker{display:none}
.case>summary::before{content:"▸";color:var(--soft);width:.7rem;flex:none}
.case[open]>summary::before{content:"▾"}
.case>summary .q{flex:1 1 16rem}
.case .body{padding:0 .9rem .9rem}
.turn{border-top:1px solid var(--edge);padding-top:.75rem;margin-top:.75rem}
.said{white-space:pre-wrap;margin:.25rem 0 .75rem}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:.75rem;margin:.5rem 0}
.passage{background:var(--wash);border-radius:6px;padding:.6rem .8rem;margin:0}
.passage .where{font-size:.825rem;color:var(--soft);margin-bottom:.25rem}
blockquote{margin:0;white-space:pre-wrap}
mark{background:var(--mark);color:inherit;border-radius:2px;padding:0 .05em}
mark.short{background:var(--short);font-weight:600}
mark.want{background:var(--want)}
mark.mark.want{background:var(--mark);border-bottom:2px solid var(--link)}
.check{margin:.35rem 0;padding-left:1.5rem;position:relative}
.check::before{position:absolute;left:0;font-weight:700}
.check.good::before{content:"✓";color:var(--good)}
.check.bad::before{content:"✗";color:var(--bad)}
.check dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:0 .75rem;margin:.1rem 0;font-size:.9rem}
.check dt{color:var(--soft)}.check dd{margin:0;white-space:pre-wrap}
.wrong{color:var(--bad);white-space:pre-wrap}
.none{display:none}
footer{max-width:76rem;margin:2rem auto;padding:0 1rem;color:var(--soft);font-size:.875rem}
@supports not selector(:has(*)){.filters{display:none}}
@media print{.filters,.skip{display:none}.case{break-inside:avoid}}
"""


def style_of(outcomes: Iterable[str], tags: int, empty: Iterable[tuple[str, str]]) -> str:
    """The whole style: filters by outcome and by tag need no script, the tag of number n being the class `tn`.

    `empty` are the pairs of checked filters that leave nothing; they show the line that says so.
    """
    rules = [f"body:has(#o-{outcome}:checked) .case:not(.{outcome}){{display:none}}" for outcome in outcomes]
    rules += [f"body:has(#t{number}:checked) .case:not(.t{number}){{display:none}}" for number in range(tags)]
    rules += [f"body:has(#{one}:checked):has(#{other}:checked) .none{{display:block}}" for one, other in empty]
    return f"{_BASE}{PALETTE}@media(prefers-color-scheme:dark){{{PALETTE_DARK}}}\n" + "\n".join(rules)
