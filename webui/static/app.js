// Everything works without this script. With it: one step out, a flat history, and nothing left on the screen.
(function () {
  'use strict';
  var doc = document, root = doc.documentElement, body = doc.body;
  var exit = body.getAttribute('data-exit'), leaving = false, sending = false;

  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function blank() { body.innerHTML = ''; root.className += ' away'; }

  // Leaving: forget on the server's side, show nothing, and be replaced in the history.
  function leave() {
    if (leaving) { return; }
    leaving = true;
    // A beacon arrives although the page is gone; a fetch that goes on without its page is known to few browsers.
    if (!navigator.sendBeacon || !navigator.sendBeacon('/leave')) {
      root.className += ' away';
      doc.querySelector('form.leave').submit();
      return;
    }
    blank();
    doc.title = 'Loading';
    location.replace(exit);
  }

  // Shift three times, each within five seconds, and not as part of a capital letter.
  var presses = 0, asModifier = false, timer = 0;
  function count(now) {
    var say = doc.getElementById('presses');
    presses = now;
    root.className = root.className.replace(/ presses(-\d)?/g, '') + (now ? ' presses presses-' + now : '');
    if (say) { say.textContent = now ? say.getAttribute('data-' + now) || '' : ''; }
  }
  doc.addEventListener('keyup', function (event) {
    if ((event.key === 'Shift' || event.keyCode === 16) && !asModifier) {
      clearTimeout(timer);
      count(presses + 1);
      if (presses > 2) { leave(); return; }
      timer = setTimeout(function () { count(0); }, 5000);
    }
    asModifier = event.shiftKey;
  });

  // Back and the task switcher must not show the page.
  window.addEventListener('pagehide', blank);
  window.addEventListener('pageshow', function (event) { if (event.persisted) { blank(); location.reload(); } });
  doc.addEventListener('visibilitychange', function () {
    root.className = root.className.replace(/ away/g, '') + (doc.hidden || leaving ? ' away' : '');
  });

  // Before the time is over a page asks, in words about nothing; then it clears itself.
  var ends = Date.now() + body.getAttribute('data-left') * 1000, clocks = [];
  function watch() {
    var note = doc.getElementById('still'), left = Math.min(body.getAttribute('data-idle') * 1000, ends - Date.now());
    if (!note) { return; }
    note.hidden = true;
    each(clocks, clearTimeout);
    clocks = [
      setTimeout(function () { note.hidden = false; }, left - 300000),
      setTimeout(function () { blank(); location.replace('/q'); }, left + 1000)
    ];
  }

  // Paper shows what is folded up.
  window.addEventListener('beforeprint', function () { each(doc.querySelectorAll('details'), function (one) { one.open = true; }); });

  // Sending: in the background, then the page in place of this one, so that the history keeps one entry.
  function offline(is) { var note = doc.getElementById('offline'); if (note) { note.hidden = !is; } }
  function show(html) {
    var page = new DOMParser().parseFromString(html, 'text/html'), main = page.getElementById('main');
    if (!main) { location.replace('/q'); return; }
    doc.title = page.title;
    doc.getElementById('main').innerHTML = main.innerHTML;
    ready();
  }
  function send(form, button) {
    var data = new FormData(form);
    if (button && button.name) { data.append(button.name, button.value); }
    sending = true;
    offline(false);
    fetch(form.getAttribute('action'), { method: 'POST', body: data, redirect: 'manual', credentials: 'same-origin' }).then(function (reply) {
      if (reply.type === 'opaqueredirect' || reply.redirected) { location.replace(form.getAttribute('data-to') || form.getAttribute('data-then') || '/q'); return null; }
      return reply.text().then(function (html) { sending = false; show(html); });
    })['catch'](function () { sending = false; offline(true); });
  }
  var pressed = null;
  doc.addEventListener('click', function (event) {
    var at = event.target, link;
    while (at && at !== doc && !/^(A|BUTTON)$/.test(at.nodeName)) { at = at.parentNode; }
    if (!at || at === doc) { return; }
    if (at.nodeName === 'BUTTON') {
      pressed = at;
      if (at.hasAttribute('data-print')) { window.print(); }
      if (at.hasAttribute('data-stay')) { fetch('/q', { credentials: 'same-origin' }).then(watch, function () { offline(true); }); }
      return;
    }
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) { return; }
    link = at.getAttribute('href');
    if (link.charAt(0) === '#') { event.preventDefault(); go(doc.getElementById(link.slice(1))); }
    if (at.hasAttribute('data-flat')) { event.preventDefault(); location.replace(link); }
  });
  doc.addEventListener('submit', function (event) {
    var form = event.target, button = event.submitter || pressed;
    if (!window.fetch || !window.FormData) { return; }
    if (form.getAttribute('action') === '/leave') { event.preventDefault(); leave(); return; }
    if (!form.hasAttribute('data-flat')) { return; }
    event.preventDefault();
    if (!sending) { send(form, button && button.form === form ? button : form.querySelector('button')); }
  });

  function go(to) {
    if (!to) { return; }
    if (!/^(INPUT|TEXTAREA|BUTTON|A)$/.test(to.nodeName)) { to.setAttribute('tabindex', '-1'); }
    to.focus();
    to.scrollIntoView();
    // Old browsers know no room to keep from the bar.
    var over = doc.querySelector('.bar').getBoundingClientRect().bottom + 8 - to.getBoundingClientRect().top;
    if (over > 0) { window.scrollBy(0, -over); }
  }
  function ready() {
    if (root.className.indexOf('scripted') < 0) { root.className += ' scripted'; }
    each(doc.querySelectorAll('#errors'), go);
    watch();
  }
  ready();
}());
