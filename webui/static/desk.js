// Everything works without this script, only slower. With it: saved as it is entered, and answered by keys.
(function () {
  'use strict';
  var body = document.body, screen = document.querySelector('[data-screen]');
  document.documentElement.classList.add('scripted');
  var errors = document.getElementById('errors');
  if (errors) { errors.focus(); }

  // Locked when nobody has been here for a while, so that nothing stays on the screen.
  var idle = Number(body.dataset.idle) * 1000, used = Date.now();
  ['keydown', 'pointerdown', 'input'].forEach(function (kind) { addEventListener(kind, function () { used = Date.now(); }, true); });
  setInterval(function () { if (Date.now() - used > idle && !waiting.size) { location.replace('/cases/away'); } }, 5000);
  addEventListener('pageshow', function (event) { if (event.persisted) { body.innerHTML = ''; location.reload(); } });

  var waiting = new Map(), sending = false, timers = new Map();
  document.querySelectorAll('form[data-autosave]').forEach(autosave);
  if (!screen) { return; }
  var form = document.getElementById('answers'), saved = document.getElementById('saved'), unsaved = document.getElementById('unsaved');
  var revision = document.getElementById('revision'), token = form.querySelector('[name=token]');
  var items = function () { return Array.from(document.querySelectorAll('.item[data-item]')).filter(function (one) { return !one.hidden && one.dataset.kind !== 'note'; }); };

  // A form of few boxes is saved whole, a moment after something in it changed; its button goes on.
  function autosave(form) {
    var line = document.createElement('p'), timer = 0, busy = false, dirty = false;
    line.className = 'saved'; line.setAttribute('role', 'status'); form.prepend(line);
    function save() {
      if (busy) { timer = setTimeout(save, 100); return; }
      busy = true; dirty = false;
      fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { Accept: 'application/json' }, credentials: 'same-origin' })
        .then(function (reply) { return reply.json().then(function (told) { return { ok: reply.ok, told: told }; }); })
        .then(function (reply) {
          busy = false;
          if (reply.ok) { form.querySelector('[name=revision]').value = reply.told.revision; line.textContent = 'Saved ' + reply.told.saved; preview(); return; }
          dirty = true; line.textContent = 'Not saved. ' + reply.told.words;
          if (reply.told.locked) { again(); }
        }, function () { busy = false; dirty = true; line.textContent = 'Not saved: no connection. What you entered stays here and is tried again.'; again(); });
    }
    function again() { clearTimeout(timer); timer = setTimeout(function () { refresh(save, again); }, 3000); }
    form.addEventListener('input', function () { dirty = true; line.textContent = 'Not saved yet'; clearTimeout(timer); timer = setTimeout(save, 600); });
    form.addEventListener('submit', function (event) {
      clearTimeout(timer);
      if (busy) { event.preventDefault(); setTimeout(function () { form.requestSubmit(); }, 50); return; }
      dirty = false;
    });
    addEventListener('beforeunload', function (event) { if (dirty || busy) { event.preventDefault(); event.returnValue = ''; } });
  }

  // What is shown as leaving is always what leaves.
  function preview() {
    var shown = document.querySelector('.preview');
    if (!shown) { return; }
    fetch(location.href, { credentials: 'same-origin' }).then(function (reply) { return reply.text(); }).then(function (html) {
      var fresh = new DOMParser().parseFromString(html, 'text/html').querySelector('.preview');
      if (fresh) { shown.innerHTML = fresh.innerHTML; } else { location.reload(); }
    }, function () { location.reload(); });
  }
  // After the cases were locked and unlocked again, forms show what they have to show now.
  function refresh(then, otherwise) {
    fetch('/cases/token', { headers: { Accept: 'application/json' }, credentials: 'same-origin' })
      .then(function (reply) { if (!reply.ok) { throw reply; } return reply.json(); })
      .then(function (told) { document.querySelectorAll('[name=token]').forEach(function (box) { box.value = told.token; }); then(); }, otherwise);
  }

  // Saving: one item at a time, in order; what could not be saved stays here and is tried again.
  function enqueue(item, does) { waiting.set(item.dataset.item, { item: item, does: does || '' }); saved.textContent = 'Saving…'; next(); }
  function later(item) {
    clearTimeout(timers.get(item));
    timers.set(item, setTimeout(function () { timers.delete(item); enqueue(item); }, 600));
    saved.textContent = 'Not saved yet';
  }
  function content(one) {
    var data = new URLSearchParams(), name = one.item.dataset.item;
    one.item.querySelectorAll('input, select, textarea').forEach(function (box) {
      if (!box.name || ((box.type === 'radio' || box.type === 'checkbox') && !box.checked)) { return; }
      if (one.item.dataset.kind === 'repeat' && box.name.indexOf('e-') === 0) { return; }
      data.append(box.name, box.value);
    });
    data.append('item', name); data.append('revision', revision.value); data.append('token', token.value);
    if (one.does) { data.append('do', one.does + ':' + name); }
    return data;
  }
  function next() {
    if (sending || !waiting.size) { return; }
    var name = waiting.keys().next().value, one = waiting.get(name);
    waiting.delete(name); sending = true;
    fetch(screen.dataset.screen, { method: 'POST', body: content(one), headers: { Accept: 'application/json' }, credentials: 'same-origin' })
      .then(function (reply) { return reply.json().then(function (told) { return { ok: reply.ok, told: told, status: reply.status }; }); })
      .then(function (reply) {
        sending = false;
        if (reply.ok) { shown(one, reply.told); next(); return; }
        failed(one, reply.told.words, reply.told.locked);
      }, function () { sending = false; failed(one, 'This did not get through. What you entered stays here and is tried again. Do not close this page.', true); });
  }
  function failed(one, words, again) {
    if (!waiting.has(one.item.dataset.item)) { waiting.set(one.item.dataset.item, one); }
    saved.textContent = 'Not saved';
    unsaved.hidden = false; unsaved.textContent = words;
    if (again) { setTimeout(retry, 3000); }
  }
  function retry() {
    if (sending || !waiting.size) { return; }
    refresh(next, function () { setTimeout(retry, 3000); });
  }
  addEventListener('online', retry);
  addEventListener('beforeunload', function (event) { if (waiting.size || sending || timers.size) { event.preventDefault(); event.returnValue = ''; } });

  function shown(one, told) {
    revision.value = told.revision;
    unsaved.hidden = !Object.keys(told.wrong).length && !waiting.size ? true : unsaved.hidden;
    var wrong = told.wrong[one.item.dataset.item] || '';
    mark(one.item, wrong);
    if (!waiting.size && !timers.size) { saved.textContent = wrong ? 'The rest is saved' : 'Saved ' + told.saved; }
    Object.keys(told.states).forEach(function (name) {
      var item = document.getElementById('i-' + name), state = told.states[name];
      if (!item || waiting.has(name)) { return; }
      item.className = item.className.replace(/state-\w+/, 'state-' + state[0]);
      var words = item.querySelector('.state');
      if (words) { words.textContent = state[1]; }
      item.querySelectorAll('[data-says][aria-pressed]').forEach(function (button) { button.setAttribute('aria-pressed', String(button.dataset.says === state[0])); });
      item.hidden = told.shown.indexOf(name) < 0;
      if (item === one.item && item.querySelector('.carried')) { item.querySelector('.carried').remove(); }
    });
    document.getElementById('sections').innerHTML = told.sections;
    if (told.live) { document.getElementById('live').innerHTML = told.live; }
    if (told.announce) { document.getElementById('announce').textContent = told.announce; }
    number();
  }
  function mark(item, words) {
    var old = item.querySelector(':scope > .wrong');
    if (old) { old.remove(); }
    if (words) { var line = document.createElement('p'); line.className = 'wrong'; line.setAttribute('role', 'alert'); line.textContent = words; item.prepend(line); }
  }

  form.addEventListener('change', function (event) {
    var item = event.target.closest('.item');
    if (!item || event.target.name.indexOf('e-') === 0) { return; }
    var alone = event.target.type === 'checkbox' && event.target.checked && item.querySelectorAll('input[type=checkbox]');
    if (alone) { exclude(item, event.target); }
    clearTimeout(timers.get(item)); timers.delete(item);
    enqueue(item);
  });
  form.addEventListener('input', function (event) {
    var item = event.target.closest('.item');
    if (item && /^(text|textarea)$/.test(event.target.type) && event.target.name.indexOf('e-') !== 0) { later(item); }
  });
  // "none of these" and the others take each other's tick away
  function exclude(item, ticked) {
    var own = ticked.closest('.choice'), alone = own.previousElementSibling && own.previousElementSibling.className === 'or';
    item.querySelectorAll('input[type=checkbox]:checked').forEach(function (box) {
      var other = box.closest('.choice'), itsAlone = other.previousElementSibling && other.previousElementSibling.className === 'or';
      if (box !== ticked && (alone || itsAlone)) { box.checked = false; }
    });
  }
  function says(item, button) {
    item.querySelectorAll('.asks input').forEach(function (box) { if (/radio|checkbox/.test(box.type)) { box.checked = false; } else { box.value = ''; } });
    enqueue(item, button.dataset.says === 'open' ? 'clear' : button.dataset.says);
  }
  form.addEventListener('submit', function (event) {
    var button = event.submitter, item = button && button.closest('.item');
    if (item && button.dataset.says) { event.preventDefault(); says(item, button); return; }
    // what is on its way comes first; the page then sends all that stands on it, with the newest revision
    if (sending) { event.preventDefault(); setTimeout(function () { form.requestSubmit(button || undefined); }, 30); return; }
    timers.forEach(function (timer, one) { clearTimeout(timer); });
    timers.clear(); waiting.clear();
  });

  // Keys: never in a box for words, never together with Ctrl, Alt or the like.
  var on = body.dataset.keys === 'on', current = null, help = document.getElementById('help');
  function controls(item) { return Array.from(item.querySelectorAll(':scope > .asks input, :scope > .instead [data-says]:not([data-says=open])')).filter(function (one) { return one.type !== 'text'; }).slice(0, 9); }
  function number() {
    document.querySelectorAll('[data-key]').forEach(function (one) { one.removeAttribute('data-key'); });
    if (!on || !current) { return; }
    controls(current).forEach(function (one, place) { (one.labels && one.labels.length && one.tagName === 'INPUT' ? one.labels[0] : one).setAttribute('data-key', place + 1); });
  }
  function choose(item, focus) {
    if (!item) { return; }
    if (current) { current.classList.remove('current'); }
    current = item; item.classList.add('current'); number();
    if (focus) { item.focus({ preventScroll: true }); item.scrollIntoView({ block: 'nearest' }); }
  }
  function step(by) {
    var all = items(), place = all.indexOf(current) + by;
    if (place >= 0 && place < all.length) { choose(all[place], true); } else if (place >= all.length) { document.getElementById('onward').focus(); }
  }
  form.addEventListener('focusin', function (event) { var item = event.target.closest('.item'); if (item && item !== current && item.dataset.kind !== 'note') { choose(item); } });
  function answer(place) {
    var one = controls(current)[place];
    if (!one) { return; }
    if (one.tagName === 'BUTTON') { says(current, one); step(1); return; }
    one.checked = one.type === 'radio' ? true : !one.checked;
    one.dispatchEvent(new Event('change', { bubbles: true }));
    if (one.type === 'radio') { step(1); }
  }
  function unfold(part, then) { var found = current && current.querySelector(part); if (found) { found.open = part === 'details.note' || !found.open; if (then && found.open) { found.querySelector(then).focus(); } } }
  addEventListener('keydown', function (event) {
    var at = event.target, writes = /^(TEXTAREA|SELECT)$/.test(at.tagName) || (at.tagName === 'INPUT' && !/radio|checkbox/.test(at.type)) || at.isContentEditable;
    if (event.key === 'Escape' && writes && at.closest('.item')) { at.closest('.item').focus(); return; }
    if (!on || event.ctrlKey || event.altKey || event.metaKey || writes || help.open) { return; }
    var presses = /^(BUTTON|A|SUMMARY)$/.test(at.tagName), done = true;
    if (/^[1-9]$/.test(event.key) && current) { answer(Number(event.key) - 1); }
    else if (event.key === 'n') { unfold('details.note', 'textarea'); }
    else if (event.key === 'g') { unfold('details.guidance'); }
    else if (event.key === '/') { document.getElementById('jump').focus(); }
    else if (event.key === '?') { help.showModal(); }
    else if (event.key === 'Enter' && !presses) { step(1); }
    else if (event.key === 'ArrowDown' && at.type !== 'radio') { step(1); }
    else if (event.key === 'ArrowUp' && at.type !== 'radio') { step(-1); }
    else { done = false; }
    if (done) { event.preventDefault(); }
  });
  var start = location.hash && document.querySelector('.item' + CSS.escape(location.hash).replace(/^\\#/, '#'));
  choose(start || items().find(function (one) { return one.classList.contains('state-open'); }) || items()[0], Boolean(start) || !errors);
  if (!errors) { saved.textContent = 'Saved ' + saved.dataset.saved; }
}());
