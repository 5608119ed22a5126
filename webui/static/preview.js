// Reloads the page when the file was saved. Without this script, reload by hand.
(function () {
  'use strict';
  var body = document.body, name = body.getAttribute('data-name');
  function wait() {
    fetch(body.getAttribute('data-changed') + '?name=' + encodeURIComponent(name)).then(function (reply) {
      return reply.json();
    }).then(function (now) {
      if (now.name === name) { wait(); } else { location.reload(); }
    })['catch'](function () { setTimeout(wait, 1000); });
  }
  wait();
}());
