from crawler.reading.page.html import tree_of
from crawler.reading.page.gather import facts_of
from crawler.reading.page.text import text_of
from crawler.reading.page.headline import headline_of
def extract(html,url):
    root,_=tree_of(html,None)
    f=facts_of(root)
    hs=headline_of(f,url=url,listed=None,habits=None)
    return dict(title=hs[0].value if hs else None)
