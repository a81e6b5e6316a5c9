"""What the index of a WordPress 6.1 REST API lists: routes with their GET arguments, types."""

from __future__ import annotations

from typing import Any, Final

NAMESPACES: Final = ["oembed/1.0", "wp/v2", "wp-site-health/v1", "wp-block-editor/v1"]

_PAGING = "context page per_page search"
_DATES = "after modified_after before modified_before"
_LISTS = "exclude include offset order orderby"
_AUTHORS = "author author_exclude"
_TERMS = "exclude include offset order orderby hide_empty post slug"
POSTS: Final = (
    f"{_PAGING} {_DATES} {_AUTHORS} {_LISTS} slug status tax_relation categories "
    "categories_exclude tags tags_exclude sticky"
)
# A custom type with neither authors nor taxonomies.
CUSTOM: Final = f"{_PAGING} {_DATES} {_LISTS} slug status"

# Collections of the core with the names of their GET arguments, as a fresh site lists them.
CORE: Final[dict[str, str]] = {
    "pages": f"{_PAGING} {_DATES} {_AUTHORS} {_LISTS} menu_order parent parent_exclude slug status",
    "media": f"{_PAGING} {_DATES} {_AUTHORS} {_LISTS} parent parent_exclude slug status "
    "media_type mime_type",
    "menu-items": f"{_PAGING} {_DATES} {_LISTS} slug status tax_relation menus menus_exclude "
    "menu_order",
    "blocks": CUSTOM,
    "templates": "context wp_id area post_type",
    "template-parts": "context wp_id area post_type",
    "navigation": CUSTOM,
    "types": "context",
    "statuses": "context",
    "taxonomies": "context type",
    "categories": f"{_PAGING} exclude include order orderby hide_empty parent post slug",
    "tags": f"{_PAGING} {_TERMS}",
    "menus": f"{_PAGING} {_TERMS}",
    "users": f"{_PAGING} {_LISTS} slug roles capabilities who has_published_posts",
    "comments": f"{_PAGING} after author author_exclude author_email before {_LISTS} parent "
    "parent_exclude post status type password",
    "search": "context page per_page search type subtype exclude include",
    "block-types": "context namespace",
    "settings": "",
    "themes": "status",
    "plugins": "context search status",
    "sidebars": "context",
    "widget-types": "context",
    "widgets": "context sidebar",
    "menu-locations": "context",
}
# Collections that list something to everyone, empty on our desks.
EMPTY: Final = frozenset({"pages", "media", "blocks", "navigation", "comments", "tags", "search"})
# Collections that want a login, with what WordPress says.
CLOSED: Final[dict[str, tuple[str, str]]] = {
    "menu-items": ("rest_cannot_view", "Sorry, you are not allowed to view menu items."),
    "templates": (
        "rest_cannot_manage_templates",
        "Sorry, you are not allowed to access the templates on this site.",
    ),
    "template-parts": (
        "rest_cannot_manage_templates",
        "Sorry, you are not allowed to access the templates on this site.",
    ),
}
# Types of the core that /wp/v2/types shows to everyone, where they differ from a custom one.
CORE_TYPES: Final[dict[str, dict[str, Any]]] = {
    "post": {
        "name": "Postime",
        "rest_base": "posts",
        "icon": "dashicons-admin-post",
        "taxonomies": ["category", "post_tag"],
    },
    "page": {
        "name": "Faqe",
        "rest_base": "pages",
        "icon": "dashicons-admin-page",
        "hierarchical": True,
    },
    "attachment": {"name": "Media", "rest_base": "media", "icon": "dashicons-admin-media"},
    "nav_menu_item": {
        "name": "Elemente Menuje Lundrimi",
        "rest_base": "menu-items",
        "taxonomies": ["nav_menu"],
    },
    "wp_block": {"name": "Reusable blocks", "rest_base": "blocks"},
    "wp_template": {
        "name": "Templates",
        "rest_base": "templates",
        "description": "Templates to include in your theme.",
    },
    "wp_template_part": {
        "name": "Template Parts",
        "rest_base": "template-parts",
        "description": "Template parts to include in your templates.",
    },
    "wp_navigation": {
        "name": "Navigation Menus",
        "rest_base": "navigation",
        "description": "Navigation menus that can be inserted into your site.",
    },
}

_SPECS: Final[dict[str, dict[str, Any]]] = {
    "page": {"type": "integer", "default": 1, "minimum": 1},
    "per_page": {"type": "integer", "default": 10, "minimum": 1, "maximum": 100},
    "offset": {"type": "integer"},
    "order": {"type": "string", "default": "desc", "enum": ["asc", "desc"]},
    "status": {"type": "array", "default": "publish", "items": {"type": "string"}},
    "include": {"type": "array", "items": {"type": "integer"}, "default": []},
    "exclude": {"type": "array", "items": {"type": "integer"}, "default": []},
    **{name: {"type": "string", "format": "date-time"} for name in _DATES.split()},
}


def routes(api: str, bases: dict[str, str]) -> dict[str, Any]:
    """The `routes` of an index at `api`; `bases` are the REST bases of custom types."""
    listed = {"posts": POSTS, **CORE, **dict.fromkeys(bases.values(), CUSTOM)}
    found = {"/": _route(api, "/", "", "context")}
    found["/wp/v2"] = _route(api, "/wp/v2", "wp/v2", "namespace context")
    for base, names in listed.items():
        found[f"/wp/v2/{base}"] = _route(api, f"/wp/v2/{base}", "wp/v2", names)
        if "per_page" in names.split():
            one = f"/wp/v2/{base}/(?P<id>[\\d]+)"
            found[one] = _route(api, one, "wp/v2", "context", linked=False)
    return found


def _route(
    api: str, path: str, namespace: str, names: str, *, linked: bool = True
) -> dict[str, Any]:
    args = {name: {**_SPECS.get(name, {}), "required": False} for name in names.split()}
    endpoint = {"methods": ["GET"], "args": args}
    found: dict[str, Any] = {"namespace": namespace, "methods": ["GET"], "endpoints": [endpoint]}
    if linked:
        found["_links"] = {"self": [{"href": api.rstrip("/") + path}]}
    return found


def types(api: str, custom: dict[str, str]) -> dict[str, Any]:
    """What `/wp/v2/types` says; `custom` are further types with their REST bases."""
    ours = {
        slug: {"name": slug.capitalize(), "rest_base": base, "has_archive": True}
        for slug, base in custom.items()
    }
    return {slug: _type(api, slug, told) for slug, told in {**CORE_TYPES, **ours}.items()}


def _type(api: str, slug: str, told: dict[str, Any]) -> dict[str, Any]:
    usual = {"description": "", "hierarchical": False, "has_archive": False, "icon": None}
    links = {
        "collection": [{"href": f"{api}wp/v2/types"}],
        "wp:items": [{"href": f"{api}wp/v2/{told['rest_base']}"}],
        "curies": [{"name": "wp", "href": "https://api.w.org/{rel}", "templated": True}],
    }
    fixed = {"slug": slug, "rest_namespace": "wp/v2", "_links": links}
    return {**usual, "taxonomies": [], **told, **fixed}
