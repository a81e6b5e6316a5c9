<?php
// What an editor does, without a browser; prints one JSON line.
//   php change.php add '{"title", "html", "gmt", "slug"}'       a new post
//   php change.php edit ID '{"title": ..., "html": ...}'        an edit: only what is named
//   php change.php trash ID | delete ID                         to the bin, or for good
//   php change.php password LOGIN ROLE                          a user with an application password
//   php change.php login LOGIN                            cookies of a person who has logged in: name and value
//   php change.php terms CATEGORY TAG                      makes a category and a tag
//   php change.php set ID                                  what a post got once: slug, categories, tags, featured picture
//   php change.php blocks ID                                    how the editor understands a post: names, and what it would save
//   php change.php pictures                                     every picture: its slug, alternative text and address
require __DIR__ . '/begin.php';
remove_all_actions('do_pings');
kses_remove_filters();
[, $verb] = $argv;

function fields(array $given): array
{
    $names = ['title' => 'post_title', 'html' => 'post_content', 'excerpt' => 'post_excerpt', 'slug' => 'post_name', 'status' => 'post_status', 'type' => 'post_type'];
    $row = [];
    foreach ($given as $key => $value) if (isset($names[$key])) $row[$names[$key]] = $value;
    if (isset($given['gmt'])) $row += ['post_date_gmt' => $given['gmt'], 'post_date' => get_date_from_gmt($given['gmt']), 'edit_date' => true];
    return wp_slash($row);
}

$answer = match ($verb) {
    'add' => wp_insert_post(fields(json_decode($argv[2], true, 8, JSON_THROW_ON_ERROR)) + ['post_status' => 'publish'], true),
    'edit' => wp_update_post(fields(json_decode($argv[3], true, 8, JSON_THROW_ON_ERROR)) + ['ID' => (int) $argv[2]], true),
    'trash' => (bool) wp_trash_post((int) $argv[2]),
    'delete' => (bool) wp_delete_post((int) $argv[2], true),
    'login' => (fn ($user, $until) => [
        ['name' => AUTH_COOKIE, 'value' => wp_generate_auth_cookie($user, $until, 'auth')],
        ['name' => LOGGED_IN_COOKIE, 'value' => wp_generate_auth_cookie($user, $until, 'logged_in')],
    ])(username_exists($argv[2]), time() + 3600),
    'terms' => [wp_insert_term($argv[2], 'category')['term_id'], wp_insert_term($argv[3], 'post_tag')['term_id']],
    'set' => (fn ($id) => ['slug' => get_post($id)->post_name, 'categories' => wp_get_post_categories($id, ['fields' => 'names']),
        'tags' => wp_get_post_tags($id, ['fields' => 'names']), 'featured' => (int) get_post_thumbnail_id($id)])((int) $argv[2]),
    'blocks' => (fn ($blocks) => ['names' => array_column($blocks, 'blockName'), 'saved' => serialize_blocks($blocks)])(parse_blocks(get_post((int) $argv[2])->post_content)),
    'pictures' => array_map(fn ($picture) => ['slug' => $picture->post_name, 'alt' => get_post_meta($picture->ID, '_wp_attachment_image_alt', true), 'url' => wp_get_attachment_url($picture->ID)],
        get_posts(['post_type' => 'attachment', 'numberposts' => -1, 'orderby' => 'ID', 'order' => 'ASC'])),
    'password' => WP_Application_Passwords::create_new_application_password(
        username_exists($argv[2]) ?: wp_insert_user(['user_login' => $argv[2], 'user_pass' => wp_generate_password(), 'user_email' => "$argv[2]@example.test", 'role' => $argv[3]]),
        ['name' => 'lab'])[0],
};
if (is_wp_error($answer) || $answer === false) { fwrite(STDERR, (is_wp_error($answer) ? $answer->get_error_message() : 'refused') . "\n"); exit(1); }
echo json_encode($answer), "\n";
