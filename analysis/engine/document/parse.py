"""How does a submission become a document?"""

from analysis.engine.document.builder import TextBuilder
from analysis.engine.document.document import Document
from analysis.engine.document.html import read_html
from analysis.engine.document.markdown import read_markdown
from analysis.engine.document.page import read_page
from analysis.engine.document.plain import read_text
from analysis.engine.request import AnalysisRequest, Format

READERS = {Format.TEXT: read_text, Format.MARKDOWN: read_markdown, Format.HTML: read_html}


def parse(request: AnalysisRequest) -> Document:
    if request.format is Format.PAGE:
        builder = read_page(request.source)
    else:
        builder = TextBuilder(request.source)
        READERS[request.format](builder)
    return Document(request.source, builder.finish(), builder.map, request.language)
