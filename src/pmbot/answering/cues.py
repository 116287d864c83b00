"""English words that open or join what is said: reasons, manners, lists, definitions."""

from __future__ import annotations

import re

from pmbot.text.lazy_pattern import LazyPattern

REASON = LazyPattern(
    r"\b(?:because(?: of)?|due to|owing to|in order to|so that|thanks to|as a result of|since|after"
    r"|to (?!(?:the|a|an|his|her|its|their|this|that|be)\b)[a-z]{3,}|for fear of|attributed to|caused by|reason|led to)\b[^,;()]{3,160}",
    re.IGNORECASE,
)
# What leaves no doubt that a reason follows.
SURE_REASON = LazyPattern(r"(?:because|due to|owing to|in order to|so that|thanks to|as a result of|for fear of)\b", re.IGNORECASE)
# What a reason may be told by, though it is no clause of its own that could be cut out: "as" behind a comma, but no "such as".
_HINT = (
    r"\b(?:because|due (?:\w+ ){0,2}to|owing to|in order|so (?:that|as)|thanks to|(?:as a|the|a) result|resulting|results? from|for fear"
    r"|out of (?:concern|fear|respect|regard|consideration)|on (?:account of|the grounds? (?:that|of))|in (?:view|the light) of|given that"
    r"|attribut\w+|blam(?:e|ed|es|ing)|traced (?:back )?to|caus(?:e|es|ed|ing)|reasons?|which is why|led to|explain(?:s|ed) that"
    r"|(?:recover|suffer)ing from|arose|arisen|stem(?:s|med|ming)? from|forc(?:ed|es|ing)|prompt(?:ed|s|ing)|intended|designed to|thus"
    r"|therefore|hence|purpose|aim\w*|fear\w*|motivat\w*|(?<!named )(?<!called )after"
    # Praise and blame: "won the prize *for* its programme".
    r"|(?:won|award(?:s|ed)?|prais(?:es|ed)|critici[sz](?:es|ed)|fined|thanked|honou?red|dismissed|convicted)(?: [\w’'-]+){1,6} for)\b"
    r"|\bsince (?!\d|then\b)|(?:^|, )as (?!well\b|usual\b|planned\b|expected\b|of\b)"
)
REASON_HINT = LazyPattern(_HINT, re.IGNORECASE)
# The same, and any purpose: "to repair it".
REASON_TOLD = LazyPattern(rf"{_HINT}|\bsince\b|\bto (?!(?:the|a|an|his|her|its|their|this|that|be)\b)[a-z]{{3,}}\b", re.IGNORECASE)
ENUMERATION = LazyPattern(
    r"\s*((?:[^,;.:()]{2,60},\s*)+[^,;.:()]{2,60}?,?\s+(?:and|or)\s+[^,;.:()]{2,60}|[^,;.:()]{2,60}\s+and\s+[^,;.:()]{2,60})"
)
MANNER = LazyPattern(r"\b(?:through|by means of|by|via|using|with the help of)\s[^;()]{3,200}", re.IGNORECASE)
PREDICATE = LazyPattern(
    r"[’']?\s*(?:\([^)]{1,60}\)\s*)?(?:is|are|was|were|means|stands for)\s+((?:an?|the|one)\s[^,;.()]{3,160}|[^,;.()]{3,80})"
)
APPOSITION = LazyPattern(r"\s*,\s*(?:(?:that is|i\.e\.|meaning|namely),?\s+)?((?:an?|the)\s[^,;.()]{3,160})", re.IGNORECASE)
LISTING = LazyPattern(r"\b(?:including|such as|namely|like|among them|for example|e\.g\.)\b|:", re.IGNORECASE)
BETWEEN_ITEMS = LazyPattern(r"\s*(?:,\s*(?:and|or|&)?|\band\b|\bor\b|&|;)\s*(?:the\s+)?")
PARTLY = LazyPattern(
    r"\b(?:mainly|mostly|largely|chiefly|primarily|partly|especially|particularly|notably|above all|in particular)\b"
    r"([^;:.()]{3,200})",
    re.IGNORECASE,
)
RELATIVE = LazyPattern(
    r"\b(?:(?:this|last|next) (?:year|month|week|quarter|summer|winter)|today|yesterday|tomorrow|tonight)\b", re.IGNORECASE
)
