// What a page does beside its forms. Without it every page works; live lines alone need it.
"use strict";
