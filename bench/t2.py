from datetime import datetime,timezone
from crawler.reading.page.html import tree_of
from crawler.reading.page.gather import facts_of
from crawler.reading.page.headline import headline_of
from crawler.reading.page.published import dated
NOW=datetime(2026,11,21,tzinfo=timezone.utc)
def both(html,url):
    root,_=tree_of(html,None)
    f=facts_of(root)
    hs=headline_of(f,url=url,listed=None,habits=None)
    at=next((h.order for h in f.headings if hs and h.text==hs[0].raw),None)
    return f,at,dated(f,url=url,fetched=NOW,zone=None,language=None,headline_at=at)
def extract(html,url):
    d=both(html,url)[2]
    w=d.published
    return dict(date=None if w is None else w.instant.date().isoformat() if w.precision=='day' else w.instant.isoformat())
