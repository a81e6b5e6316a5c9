<?php
// Router for `php -S`: pretty permalinks for WordPress, and the server log the tests count by.
// Every request, files too, is one JSON line in $WPLAB_SITE/requests.log once it is answered.
$root = $_SERVER['DOCUMENT_ROOT'];
$uri = $_SERVER['REQUEST_URI'];
register_shutdown_function(function () use ($uri) {
    $line = ['method' => $_SERVER['REQUEST_METHOD'], 'uri' => $uri, 'status' => http_response_code(),
             'agent' => $_SERVER['HTTP_USER_AGENT'] ?? '', 'at' => $_SERVER['REQUEST_TIME_FLOAT']];
    file_put_contents(getenv('WPLAB_SITE') . '/requests.log',
        json_encode($line, JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE) . "\n", FILE_APPEND | LOCK_EX);
});
require __DIR__ . '/faults.php';
if (answered_by_a_fault($uri)) return true;

$path = rawurldecode(parse_url($uri, PHP_URL_PATH) ?? '/');
if ($path !== '/' && file_exists($root . $path)) {
    if (is_dir($root . $path)) {
        if (substr($path, -1) !== '/') { header("Location: $path/", true, 301); return true; }
        if (!file_exists($root . $path . 'index.php')) return false;
        $path .= 'index.php';
    }
    if (substr($path, -4) !== '.php') return false;
} else {
    // wp-sitemap.xml and friends have a dot in the name, and php -S would set PATH_INFO oddly.
    $path = '/index.php';
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = $path;
$_SERVER['SCRIPT_FILENAME'] = $root . $path;
chdir(dirname($root . $path));
require $root . $path;
return true;
