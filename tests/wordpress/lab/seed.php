<?php
// Installs WordPress without a browser and fills it. Run: php seed.php SEED.json; prints one JSON line.
// SEED.json: {"title", "locale", "zone", "seo", "feed_excerpts", "permalinks", "types": [],
//   "posts": [{"slug", "title", "gmt": "2025-03-30 01:30:00", "html", "excerpt", "type", "sticky", "status", "categories": []}]}
// Instants are given in UTC: an hour that a clock change repeats is ambiguous in the site's own time.
$seed = json_decode(file_get_contents($argv[1]), true, 512, JSON_THROW_ON_ERROR);
define('WP_INSTALLING', true);
require __DIR__ . '/begin.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/translation-install.php';
add_filter('pre_wp_mail', '__return_true');
$locale = $seed['locale'] ?? 'sq';
wp_install($seed['title'], 'admin', 'admin@example.test', true, '', 'admin-of-the-lab', $locale === 'en_US' ? '' : $locale);
$options = ['WPLANG' => $locale, 'timezone_string' => $seed['zone'] ?? 'Europe/Tirane', 'date_format' => 'j F Y', 'time_format' => 'H:i',
    'posts_per_rss' => 10, 'posts_per_page' => 10, 'rss_use_excerpt' => (int) ($seed['feed_excerpts'] ?? false),
    'lab_seo' => $seed['seo'] ?? 'none', 'lab_types' => $seed['types'] ?? []];
foreach ($options as $name => $value) update_option($name, $value);
foreach ($seed['types'] ?? [] as $type)
    register_post_type($type, ['public' => true, 'show_in_rest' => true, 'rest_base' => $type, 'has_archive' => true]);
global $wp_rewrite, $wpdb;
$wp_rewrite->init();
$wp_rewrite->set_permalink_structure($seed['permalinks'] ?? '/%year%/%monthnum%/%postname%/');
create_initial_taxonomies();
$wp_rewrite->flush_rules(false);      // taxonomies registered before permalinks have no rules
foreach (get_posts(['post_type' => ['post', 'page'], 'post_status' => 'any', 'numberposts' => -1]) as $post) wp_delete_post($post->ID, true);
$author = wp_insert_user(['user_login' => 'editor', 'user_pass' => wp_generate_password(), 'user_email' => 'editor@example.test', 'display_name' => 'Ana Shembull', 'role' => 'editor']);

// Rows go in by SQL, 500 at a time: wp_insert_post takes some 10 ms a post, and a deep feed needs thousands.
$sticky = $categories = [];
$first = (int) $wpdb->get_var("SELECT COALESCE(MAX(ID), 0) + 1 FROM $wpdb->posts");
$wpdb->query('START TRANSACTION');
foreach (array_chunk($seed['posts'], 500) as $chunk) {
    $rows = [];
    foreach ($chunk as $post) {
        $id = $first++;
        $type = $post['type'] ?? 'post';
        $local = get_date_from_gmt($post['gmt']);
        $guid = home_url($type === 'post' ? "/?p=$id" : "/?post_type=$type&p=$id");
        $rows[] = $wpdb->prepare('(%d,%d,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s)', $id, $author, $local, $post['gmt'], $post['html'] ?? '', $post['title'],
            $post['excerpt'] ?? '', $post['status'] ?? 'publish', $post['slug'], $local, $post['gmt'], $guid, $type, '', '', '');
        if ($post['sticky'] ?? false) $sticky[] = $id;
        if ($post['categories'] ?? []) $categories[$id] = $post['categories'];
    }
    $wpdb->query("INSERT INTO $wpdb->posts (ID, post_author, post_date, post_date_gmt, post_content, post_title, post_excerpt, post_status, post_name,
        post_modified, post_modified_gmt, guid, post_type, to_ping, pinged, post_content_filtered) VALUES " . implode(',', $rows));
    if ($wpdb->last_error) { fwrite(STDERR, $wpdb->last_error . "\n"); exit(1); }
}
$wpdb->query('COMMIT');
update_option('sticky_posts', $sticky);
foreach ($categories as $id => $names) wp_set_object_terms($id, $names, 'category');
echo json_encode(['wordpress' => get_bloginfo('version'), 'posts' => count($seed['posts'])]), "\n";
