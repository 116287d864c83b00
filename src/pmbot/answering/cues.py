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
# What a reason may be told by, though it is no clause of its own that could be cut out.
REASON_HINT = LazyPattern(
    r"\b(?:because|due (?:\w+ ){0,2}to|owing to|in order|so (?:that|as)|thanks to|(?:as a|the|a) result|resulting|results? from|for fear"
    r"|attribut\w+|caus(?:e|es|ed|ing)|reasons?|led to|intended|designed to|thus|therefore|hence|purpose|aim\w*|fear\w*|motivat\w*"
    r"|(?<!named )(?<!called )after)\b"
    r"|\bsince (?!\d|then\b)|(?:^|, )as\b",
    re.IGNORECASE,
)
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
    r"\b(?:(?:this|last|next) (?:year|month|week|quarter|summer|winter)|today|yesterday|tomorrow|tonight|nowadays)\b", re.IGNORECASE
)
