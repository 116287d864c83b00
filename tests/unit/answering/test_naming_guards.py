"""What is only mentioned: a term without its meaning, a thing without its name, a number of things without which they are."""

from __future__ import annotations

import pytest

from pmbot.answering import naming_guards
from tests.fakes_answering import World

NAMES = "See Ana Gil and Otto Berg of Quindle and Frobnik in Norway, in Chile, and see Oslo."


@pytest.mark.parametrize(
    ("guard", "question", "sentence", "refused"),
    [
        ("meaning_untold", "What are green lamps?", "Three bridges contained green lamps.", True),
        ("meaning_untold", "What is a green lamp?", "The third phase is devoted to a green lamp and to tests.", True),
        ("meaning_untold", "What are green lamps?", "It came from a maker of green lamps, which were taken up by many.", True),
        ("meaning_untold", "What are green lamps?", "Green lamps are lights for ships.", False),
        ("meaning_untold", "What are green lamps?", "The bridge needs green lamps, which are lights for ships.", False),
        ("meaning_untold", "What are green lamps?", "The bridge is lit by green lamps (lights for ships).", False),
        ("meaning_untold", "What are green lamps?", "The bridge is lit by green lamps, a gift of Oslo.", False),
        ("meaning_untold", "What are green lamps?", "Lights for ships are known in Oslo as green lamps.", False),
        ("meaning_untold", "What is the green lamp?", "The bridge stood beside the green lamp.", False),
        ("meaning_untold", "What are Quindle lamps?", "The bridge contained Quindle lamps.", False),
        ("meaning_untold", "What are green lamps?", "In May lights for ships were put on the green bridge.", False),
        ("thing_unnamed", "What is the name of the baker?", "The house belonged to the baker.", True),
        ("thing_unnamed", "What are the names of the two clerks?", "The house was built by two clerks of Quindle.", True),
        ("thing_unnamed", "What is the name of the baker?", "Ana Gil, who was there, saw the baker.", True),
        ("thing_unnamed", "What is the name of the baker?", "The house belonged to the baker Otto Berg.", False),
        ("thing_unnamed", "What is the name of the baker?", "The house belonged to the baker, Otto Berg.", False),
        ("thing_unnamed", "What is the name of the baker?", "Otto Berg, a baker, had a house.", False),
        ("thing_unnamed", "What is the name of the baker?", "The baker at the bridge is Otto Berg.", False),
        ("thing_unnamed", "What is the name of the baker?", "Otto Berg was the baker.", False),
        ("thing_unnamed", "What is the name of the baker?", "The house is that of a baker called Otto Berg.", False),
        ("thing_unnamed", "What is the name of the baker?", "The house is new.", False),
        ("thing_unnamed", "What is the baker?", "The house belonged to the baker.", False),
        ("which_untold", "Which four bakers saw the house?", "The house was seen by four bakers.", True),
        ("which_untold", "Which baker sold the house?", "The house was old when its baker sold it.", True),
        ("which_untold", "To which baker was the bread taken?", "In May the bread was taken to baker and clerk.", True),
        ("which_untold", "Which four bakers saw the house?", "Ana Gil and Otto Berg, two bakers, saw the house.", False),
        ("which_untold", "Which two bakers saw the house?", "The house was seen by two bakers: the old one and his son.", False),
        ("which_untold", "Which two bakers saw the house?", "They were two bakers.", False),
        ("which_untold", "Which baker left?", "The house was sold after its baker Otto Berg left.", False),
        ("which_untold", "Which baker left?", "The house was sold after the old baker left.", False),
        ("which_untold", "Which baker left?", "A baker shop was left.", False),
        ("which_untold", "Which baker left?", "Ana Gil was a baker.", False),
        ("which_untold", "Which baker left?", "Ana Gil left a baker of bread.", False),
        ("which_untold", "Where did the baker go?", "The house was sold after its baker left.", False),
    ],
)
def test_what_is_only_mentioned(guard: str, question: str, sentence: str, refused: bool) -> None:
    case = World({"a.txt": f"{sentence}\n\n{NAMES}"}).case(question, sentence)
    assert (getattr(naming_guards, guard)(case) is not None) is refused
