<?php
/* Must-use plugin of the laboratory: what SEO plugins add to an article's head on real news sites: og:, article:, JSON-LD @graph.
   Option `lab_seo` picks the flavour: none (core alone) | og-only | yoast. */
add_action('wp_head', function () {
    $mode = get_option('lab_seo', 'none');
    if ($mode === 'none' || !is_singular()) return;
    $post = get_queried_object(); $url = get_permalink($post); $title = get_the_title($post);
    $published = get_post_time('c', true, $post); $modified = get_post_modified_time('c', true, $post);
    $author = get_the_author_meta('display_name', $post->post_author);
    $meta = ['og:locale' => get_locale() === 'sq' ? 'sq_AL' : get_locale(), 'og:type' => 'article', 'og:title' => $title,
        'og:description' => wp_strip_all_tags(get_the_excerpt($post)), 'og:url' => $url, 'og:site_name' => get_bloginfo('name'),
        'article:published_time' => $published, 'article:modified_time' => $modified];
    foreach ($meta as $key => $value) printf("<meta property=\"%s\" content=\"%s\" />\n", $key, esc_attr($value));
    printf("<meta name=\"author\" content=\"%s\" />\n", esc_attr($author));
    if ($mode !== 'yoast') return;
    $person = ['@type' => 'Person', '@id' => home_url('/#/schema/person/1'), 'name' => $author];
    $graph = [
        ['@type' => 'NewsArticle', '@id' => "$url#article", 'headline' => $title, 'datePublished' => $published, 'dateModified' => $modified,
         'author' => ['name' => $author, '@id' => $person['@id']], 'articleSection' => wp_get_post_categories($post->ID, ['fields' => 'names'])],
        ['@type' => 'WebPage', '@id' => $url, 'url' => $url, 'name' => $title, 'datePublished' => $published], $person];
    echo '<script type="application/ld+json" class="yoast-schema-graph">',
        wp_json_encode(['@context' => 'https://schema.org', '@graph' => $graph], JSON_UNESCAPED_SLASHES), "</script>\n";
}, 1);
