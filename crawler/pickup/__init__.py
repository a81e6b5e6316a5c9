"""Which sentences of a text of ours a piece took over, verbatim or nearly. Pure.

A sentence counts as taken over where its words stand in the piece whole or with small changes, or
more than half of them in order, with the same facts. Own words about the same facts are none, and
another date, figure or name is another text's sentence.
"""
