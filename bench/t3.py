from urllib.parse import urlsplit
from crawler.reading.page.html import tree_of
from crawler.reading.page.gather import facts_of
from crawler.reading.page.headline import headline_of
from crawler.reading.page.byline import byline_of
from crawler.reading.page.lead import lead_of
from crawler.reading.page.names import site_names
def both(html,url):
    root,_=tree_of(html,None)
    f=facts_of(root)
    hs=headline_of(f,url=url,listed=None,habits=None)
    at=next((h.order for h in f.headings if hs and h.text==hs[0].raw),None)
    return f,at,byline_of(f,headline_at=at,site=site_names(f,urlsplit(url).hostname or '')),lead_of(f,headline=hs[0].value if hs else None,headline_at=at,listed=None)
def extract(html,url):
    f,at,b,l=both(html,url)
    return dict(authors=list(b[0].value) if b else [],lead=l[0].value if l else None)
