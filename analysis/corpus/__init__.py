"""What do a client's earlier texts say about this one?

Outside the report, which stays a pure function of its text: what stands here changes when earlier
texts are erased. It is computed when an analysis is read, from the texts of its own client alone.
"""

from analysis.corpus.answer import believed, corpus_of, has_corpus, name_of
from analysis.corpus.keeping import remember

__all__ = ["believed", "corpus_of", "has_corpus", "name_of", "remember"]
