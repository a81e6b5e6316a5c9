<?php
/* Must-use plugin of the laboratory: application passwords switched off, as security plugins and plain http do (fault `nopasswords`). */
add_filter('wp_is_application_passwords_available', fn ($on) => $on && !is_file(getenv('WPLAB_SITE') . '/faults/nopasswords'));
