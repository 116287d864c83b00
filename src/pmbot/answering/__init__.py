"""From hits to an answer: what was asked, which sentence answers, which words of it, and when to say no."""
