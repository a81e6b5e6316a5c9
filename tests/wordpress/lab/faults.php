<?php
// Faults a crawler meets, each a file in $WPLAB_SITE/faults/ so that a test can switch them while the site runs:
//   429 SECONDS, 503     refused, with Retry-After; `429-first N`, `503-first N` heal after N answers
//   slow SECONDS         every answer late
//   norest               REST answers 401, as security plugins make it
//   nofeed               feeds answer 404
//   noarchives           date archives lead to the front page, as some themes make them
//   nopaged              the server gives page one whatever `paged` says
//   nologin              the web server drops the Authorization header, as some do before PHP
//   noupload             a server before WordPress finds every picture too large
//   (nopasswords is WordPress' own: mu-plugins/passwords.php)
//   challenge 200 | 403  "prove that you are human"
function fault(string $name): ?string
{
    $file = getenv('WPLAB_SITE') . "/faults/$name";
    if (!is_file($file)) return null;
    $value = trim((string) file_get_contents($file));
    return $value === '' ? '1' : $value;
}

// Counts a `-first N` fault down; true while it still holds.
function still(string $name): bool
{
    $file = getenv('WPLAB_SITE') . "/faults/$name";
    $handle = @fopen($file, 'r+');
    if ($handle === false) return false;
    flock($handle, LOCK_EX);
    $left = (int) stream_get_contents($handle);
    ftruncate($handle, 0); rewind($handle); fwrite($handle, (string) max(0, $left - 1));
    fclose($handle);
    return $left > 0;
}

function refuse(int $status, string $type, string $body, array $headers = []): bool
{
    header("Content-Type: $type", true, $status);
    foreach ($headers as $header) header($header, true, $status);
    echo $body;
    return true;
}

function answered_by_a_fault(string $uri): bool
{
    $rest = str_contains($uri, '/wp-json') || str_contains($uri, 'rest_route=');
    $feed = str_contains($uri, '/feed') || str_contains($uri, 'feed=');
    $archive = preg_match('#^/\d{4}/(\d{2}/(\d{2}/)?)?(feed/|\?|$)|[?&]m=\d#', $uri) === 1;
    if ($seconds = fault('slow')) usleep((int) ((float) $seconds * 1e6));
    if (($seconds = fault('429')) || (still('429-first') && $seconds = '1'))
        return refuse(429, 'text/plain', "Too Many Requests\n", ["Retry-After: $seconds"]);
    if (fault('503') || still('503-first')) return refuse(503, 'text/plain', "Service Unavailable\n", ['Retry-After: 1']);
    if ($status = fault('challenge'))
        return refuse((int) $status, 'text/html; charset=utf-8', '<!doctype html><title>Just a moment...</title><body>'
            . '<div id="challenge-form">Checking your browser before accessing this site. Enable JavaScript and cookies to continue.</div>');
    if ($rest && fault('norest'))
        return refuse(401, 'application/json', '{"code":"rest_not_logged_in","message":"REST API restricted","data":{"status":401}}');
    if (fault('nologin')) foreach (['HTTP_AUTHORIZATION', 'PHP_AUTH_USER', 'PHP_AUTH_PW', 'REDIRECT_HTTP_AUTHORIZATION'] as $name) unset($_SERVER[$name]);
    if (fault('noupload') && $_SERVER['REQUEST_METHOD'] === 'POST' && str_contains($uri, '/media'))
        return refuse(413, 'text/html', "<html><head><title>413 Request Entity Too Large</title></head></html>\n");
    if ($feed && fault('nofeed')) return refuse(404, 'text/plain', "no feeds\n");
    if ($archive && fault('noarchives')) return refuse(302, 'text/plain', '', ['Location: /']);
    if (fault('nopaged')) unset($_GET['paged'], $_REQUEST['paged']);
    return false;
}
