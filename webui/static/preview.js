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
  // What takes a moment to work out comes after the page; without this script it has pages of its own.
  Array.prototype.forEach.call(document.querySelectorAll('[data-fill]'), function (place) {
    fetch(place.getAttribute('data-fill')).then(function (reply) { return reply.text(); }).then(function (html) {
      place.innerHTML = html;
    })['catch'](function () { /* the page says the rest */ });
  });
  wait();
}());
