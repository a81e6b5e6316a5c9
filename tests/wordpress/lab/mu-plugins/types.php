<?php
/* Must-use plugin of the laboratory: a public post type of the site's own (option `lab_types`), as newsrooms add for events or reportage. */
add_action('init', function () {
    foreach ((array) get_option('lab_types', []) as $type)
        register_post_type($type, ['public' => true, 'show_in_rest' => true, 'rest_base' => $type, 'has_archive' => true,
            'label' => ucfirst($type), 'supports' => ['title', 'editor', 'excerpt', 'author', 'custom-fields']]);
});
