"""Words that open a reason or a manner."""

from __future__ import annotations

import re

REASON = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|in order to|so that|thanks to|as a result of|since|after"
    r"|to (?!(?:the|a|an|his|her|its|their|this|that|be)\b)[a-z]{3,}|for fear of|attributed to|caused by|reason|led to)\b[^,;()]{3,160}",
    re.IGNORECASE,
)
# What leaves no doubt that a reason follows.
SURE_REASON = re.compile(
    r"(?:because|due to|owing to|in order to|so that|thanks to|as a result of|for fear of|to [a-z]{3,})\b", re.IGNORECASE
)
ENUMERATION = re.compile(
    r"\s*((?:[^,;.:()]{2,60},\s*)+[^,;.:()]{2,60}?,?\s+(?:and|or)\s+[^,;.:()]{2,60}|[^,;.:()]{2,60}\s+and\s+[^,;.:()]{2,60})"
)
MANNER = re.compile(r"\b(?:through|by means of|by|via|using|with the help of)\s[^;()]{3,200}", re.IGNORECASE)
