"""Fitting the small models of the answer layer to questions in SQuAD format; used by `train.py` and `quality.py`."""
