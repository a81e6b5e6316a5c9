<?php
// wp-config.php of every site: one copy of the code serves all, the environment says which site this is.
$site = json_decode(file_get_contents(getenv('WPLAB_SITE') . '/site.json'), true, 8, JSON_THROW_ON_ERROR);
define('DB_NAME', $site['database']); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . $site['socket']); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
foreach (['AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT'] as $key)
    define($key, "lab-$key");
define('WP_HOME', $site['url']); define('WP_SITEURL', $site['url']);
define('WP_ENVIRONMENT_TYPE', 'local');      // application passwords over plain http
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('FS_METHOD', 'direct'); define('WP_DEBUG', false);
define('UPLOADS', 'wp-content/uploads/' . $site['name']);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
