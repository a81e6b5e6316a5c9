from crawler.reading.page.html import tree_of
from crawler.reading.page.gather import facts_of
from crawler.reading.page.text import text_of
def extract(html,url):
    root,_=tree_of(html,None)
    f=facts_of(root)
    return dict(title=f.title,body=text_of(f))
