<?php
// A PHP script inside one site, without a web server: `require` this first. $WPLAB_SITE says which site.
$site = json_decode(file_get_contents(getenv('WPLAB_SITE') . '/site.json'), true, 8, JSON_THROW_ON_ERROR);
$host = parse_url($site['url'], PHP_URL_HOST);
$_SERVER += ['HTTP_HOST' => $host . ':' . parse_url($site['url'], PHP_URL_PORT), 'SERVER_NAME' => $host, 'REQUEST_URI' => '/',
    'SERVER_PROTOCOL' => 'HTTP/1.1', 'REMOTE_ADDR' => '127.0.0.1', 'REQUEST_METHOD' => 'GET'];
require getenv('WPLAB_CODE') . '/wp-load.php';
