/*
 * The upload page's script. It makes the form better: photos are made smaller on the phone and go piece by piece, so that
 * a broken line goes on where it was; each is looked at as soon as it has come. Served as it is, to phones ten years old:
 * ES5, no modules, XMLHttpRequest. What the server answers: upload-pieces.ts.
 */
(function () {
  var form = document.getElementById('upload');
  if (!form || !window.JSON || !window.FileReader || !window.Blob || !Blob.prototype.slice) return;

  var PIECE = 128 * 1024;
  // A4 at 190 dpi: what reading needs, and little more. 20 photos of it are 10 MB.
  var LONGEST = 2200;
  var QUALITY = 0.8;
  var LARGE = 1024 * 1024;
  var PATIENCE_MS = 180 * 1000;
  var LONGEST_WAIT_MS = 15 * 1000;

  // The server puts them before this script (upload-script.ts, SCRIPT_WORDS).
  var words = window.loketWords;
  var most = Number(form.getAttribute('data-most'));
  var base = location.pathname.replace(/\/$/, '');
  var list = document.getElementById('files');
  var said = document.getElementById('say');
  var items = [];
  var count = 0;
  var busy = null;
  var retry = null;
  var isSending = false;

  function make(name, className) {
    var node = document.createElement(name);
    if (className) node.className = className;
    return node;
  }

  /** Both languages; `values` fill in what stands in braces. */
  function write(node, both, values) {
    function fill(text) {
      return text.replace(/\{(\w+)\}/g, function (_, name) {
        return values[name];
      });
    }
    var english = make('span', 'en');
    english.lang = 'en';
    english.textContent = fill(both.en);
    node.textContent = fill(both.id) + ' ';
    node.appendChild(english);
  }

  function say(both, values, isBad) {
    said.className = isBad ? 'bad' : '';
    said.innerHTML = '';
    if (!both) return;
    var line = make('p');
    write(line, both, values);
    said.appendChild(line);
  }

  // What is shown of one file.

  function show(item) {
    item.row = make('li');
    item.thumb = make('div', 'thumb');
    item.about = make('div', 'about');
    item.title = make('p');
    item.bar = make('progress');
    item.bar.max = 100;
    item.line = make('p');
    item.removes = button(words.remove, function () {
      remove(item);
    });
    item.agains = button(words.again, wake);
    write(item.title, words.file, { n: item.number });
    if (item.file) {
      item.thumb.textContent = /pdf$/i.test(item.file.name) ? 'PDF' : '';
      item.title.appendChild(document.createTextNode(item.file.name + ' (' + sizeText(item.file.size) + ')'));
    } else item.title.appendChild(document.createTextNode(sizeText(item.size)));
    var number = words.file.id.replace('{n}', item.number);
    item.removes.setAttribute('aria-label', item.removes.textContent + ' ' + number);
    item.bar.setAttribute('aria-label', number);
    item.row.appendChild(item.thumb);
    item.row.appendChild(item.about);
    [item.title, item.bar, item.line, item.removes, item.agains].forEach(function (part) {
      item.about.appendChild(part);
    });
    list.appendChild(item.row);
    draw(item);
  }

  function button(both, act) {
    var node = make('button');
    node.type = 'button';
    write(node, both, {});
    node.onclick = act;
    return node;
  }

  function sizeText(bytes) {
    return bytes < LARGE
      ? Math.ceil(bytes / 1024) + ' KB'
      : (bytes / LARGE).toFixed(1).replace('.', ',') + ' MB';
  }

  function draw(item) {
    var percent = item.blob && item.blob.size ? Math.floor((100 * item.sent) / item.blob.size) : 0;
    var isDone = item.state === 'done';
    item.bar.value = isDone ? 100 : percent;
    item.bar.style.display = item.state === 'refused' ? 'none' : '';
    item.agains.style.display = item.state === 'broken' ? '' : 'none';
    item.line.className = item.state;
    write(item.line, item.why || words[item.state], { percent: percent });
  }

  function become(item, state, why) {
    item.state = state;
    item.why = why;
    draw(item);
  }

  // Choosing.

  function choose(input) {
    var files = Array.prototype.slice.call(input.files);
    // An input forgets, so that the same photo can be chosen again.
    input.value = '';
    say();
    files.forEach(function (file) {
      if (has(keyOf(file))) return say(words.twice, {}, true);
      if (items.length >= most) return say(words.most, { n: most }, true);
      add({ file: file, key: keyOf(file), state: 'wait', sent: 0 });
    });
    next();
  }

  function add(item) {
    count += 1;
    item.number = count;
    items.push(item);
    show(item);
  }

  function keyOf(file) {
    return [file.name, file.size, file.lastModified || Number(file.lastModifiedDate)].join('|');
  }

  function has(key) {
    return items.some(function (item) {
      return item.key === key;
    });
  }

  function remove(item) {
    items.splice(items.indexOf(item), 1);
    list.removeChild(item.row);
    item.isGone = true;
    if (item.request) item.request.abort();
    if (item.id) ask('DELETE', base + '/' + item.id, {}, null, function () {});
    if (busy === item) busy = null;
    say();
    next();
  }

  // Making smaller.

  /** Calls `go` with what is to be sent: the photo made smaller, or the file as it is. */
  function shrink(item, go) {
    var file = item.file;
    var urls = window.URL || window.webkitURL;
    if (!/^image\//.test(file.type) || !urls) return go(file);
    var url = urls.createObjectURL(file);
    var image = new Image();
    image.onerror = function () {
      urls.revokeObjectURL(url);
      go(file);
    };
    image.onload = function () {
      turnOf(file, function (turn) {
        paint(item, image, turn, file, function (blob) {
          urls.revokeObjectURL(url);
          go(blob);
        });
      });
    };
    image.src = url;
  }

  function paint(item, image, turn, file, go) {
    var longest = Math.max(image.naturalWidth, image.naturalHeight);
    try {
      var small = canvasOf(image, turn, 64 / Math.min(image.naturalWidth, image.naturalHeight));
      item.thumb.textContent = '';
      item.thumb.appendChild(small);
      // Neither screenshots nor what is small enough: they are looked at as they are.
      if (!/jpe?g|webp/.test(file.type) || (longest <= LONGEST && file.size <= LARGE)) return go(file);
      toJpeg(canvasOf(image, turn, Math.min(1, LONGEST / longest)), function (blob) {
        go(blob && blob.size < 0.9 * file.size ? blob : file);
      });
    } catch (_) {
      go(file);
    }
  }

  function canvasOf(image, turn, scale) {
    var canvas = make('canvas');
    var width = Math.round(image.naturalWidth * scale);
    var height = Math.round(image.naturalHeight * scale);
    var isLying = turn === 90 || turn === 270;
    canvas.width = isLying ? height : width;
    canvas.height = isLying ? width : height;
    var pen = canvas.getContext('2d');
    pen.translate(canvas.width / 2, canvas.height / 2);
    pen.rotate((turn * Math.PI) / 180);
    pen.drawImage(image, -width / 2, -height / 2, width, height);
    return canvas;
  }

  function toJpeg(canvas, go) {
    if (canvas.toBlob) return canvas.toBlob(go, 'image/jpeg', QUALITY);
    var data = atob(canvas.toDataURL('image/jpeg', QUALITY).split(',')[1]);
    var bytes = new Uint8Array(data.length);
    for (var at = 0; at < data.length; at += 1) bytes[at] = data.charCodeAt(at);
    go(new Blob([bytes], { type: 'image/jpeg' }));
  }

  /** How far a photo must be turned: old browsers do not look at EXIF (JEITA CP-3451, tag 274), and a canvas loses it. */
  function turnOf(file, go) {
    if (window.CSS && CSS.supports && CSS.supports('image-orientation', 'from-image')) return go(0);
    var reader = new FileReader();
    reader.onload = function () {
      var turn = 0;
      try {
        turn = { 3: 180, 6: 90, 8: 270 }[orientationOf(new DataView(reader.result))] || 0;
      } catch (_) {
        // A file that ends too early has none.
      }
      go(turn);
    };
    reader.readAsArrayBuffer(file.slice(0, 64 * 1024));
  }

  function orientationOf(view) {
    var at = 2;
    while (view.getUint16(at) !== 0xffe1) {
      if (view.getUint8(at) !== 0xff || view.getUint8(at + 1) === 0xda) return 1;
      at += 2 + view.getUint16(at + 2);
    }
    var tiff = at + 10;
    var isLittle = view.getUint16(tiff) === 0x4949;
    var first = tiff + view.getUint32(tiff + 4, isLittle);
    for (var tag = view.getUint16(first, isLittle) - 1; tag >= 0; tag -= 1)
      if (view.getUint16(first + 2 + 12 * tag, isLittle) === 274)
        return view.getUint16(first + 10 + 12 * tag, isLittle);
    return 1;
  }

  // Sending: one file after the other, for the line is thin.

  function next() {
    if (busy) return;
    var waiting = items.filter(function (item) {
      return item.state === 'wait';
    });
    if (!waiting.length) return finish();
    var item = waiting[0];
    busy = item;
    become(item, 'small');
    shrink(item, function (blob) {
      if (item.isGone) return;
      item.blob = blob;
      // The same file has the same name at the server, also when the page is opened again: it goes on where it was.
      item.id = nameOf(base + '|' + item.key + '|' + blob.size);
      become(item, 'sending');
      push(item, true);
    });
  }

  /** A name that tells nothing: 96 bits of a plain hash, with the link's secret in it. */
  function nameOf(text) {
    return [31, 131, 65599]
      .map(function (factor) {
        var hash = factor;
        for (var at = 0; at < text.length; at += 1) hash = (hash * factor + text.charCodeAt(at)) % 4294967291;
        return ('0000000' + hash.toString(16)).slice(-8);
      })
      .join('');
  }

  /** Sends the next piece; `isAsking`: nothing yet, only where the file stands. */
  function push(item, isAsking) {
    var from = isAsking ? 0 : item.offset;
    var piece = isAsking ? null : item.blob.slice(from, from + PIECE);
    var headers = {
      'Content-Type': 'application/offset+octet-stream',
      'Upload-Offset': from,
      'Upload-Length': item.blob.size,
      'Upload-Name': encodeURIComponent(item.file.name),
    };
    item.request = ask('PATCH', base + '/' + item.id, headers, piece, function (status, answer) {
      if (item.isGone) return;
      item.request = null;
      if (!answer) return wait(item);
      if (answer.state === 'open') return goOn(item, answer.offset, isAsking);
      if (answer.state === 'done' || answer.state === 'refused') return settle(item, answer);
      if (status === 410 || status === 404) close(answer);
      else wait(item);
    });
    item.request.upload.onprogress = function (event) {
      item.sent = Math.min(item.blob.size, from + event.loaded);
      if (item.sent === item.blob.size) become(item, 'checking');
      else become(item, 'sending');
    };
  }

  function goOn(item, offset, isAsking) {
    var isStuck = !isAsking && offset <= item.offset;
    item.offset = offset;
    item.sent = offset;
    if (isStuck) return wait(item);
    item.waits = 0;
    become(item, 'sending');
    push(item, false);
  }

  function settle(item, answer) {
    busy = null;
    item.sent = item.blob.size;
    become(item, answer.state, answer.words);
    say(answer.words || words.done, {}, answer.state === 'refused');
    if (answer.state === 'refused') isSending = false;
    next();
  }

  /** The line is broken, or the server has no time: again in a while, or as soon as the phone is online. */
  function wait(item) {
    item.waits = (item.waits || 0) + 1;
    become(item, 'broken');
    retry = function () {
      retry = null;
      if (item.isGone) return;
      become(item, 'sending');
      push(item, true);
    };
    setTimeout(wake, Math.min(LONGEST_WAIT_MS, 1000 * Math.pow(2, item.waits - 1)));
  }

  function wake() {
    if (retry) retry();
  }

  /** `done(status, answer)`; the answer is undefined when none came. */
  function ask(method, url, headers, body, done) {
    var request = new XMLHttpRequest();
    request.open(method, url);
    request.timeout = PATIENCE_MS;
    request.setRequestHeader('Accept', 'application/json');
    Object.keys(headers).forEach(function (name) {
      request.setRequestHeader(name, headers[name]);
    });
    request.onloadend = function () {
      var answer;
      try {
        answer = JSON.parse(request.responseText);
      } catch (_) {
        // A proxy's own page, or nothing.
      }
      done(request.status, answer && answer.state ? answer : undefined);
    };
    request.send(body);
    return request;
  }

  // Handing over.

  form.onsubmit = function (event) {
    event.preventDefault();
    if (!items.length) return say(words.none, {}, true);
    isSending = true;
    finish();
  };

  function finish() {
    if (!isSending) return;
    function isIn(state) {
      return items.some(function (item) {
        return item.state === state;
      });
    }
    if (isIn('refused') || !items.length) {
      isSending = false;
      return items.length && say(words.bad, {}, true);
    }
    if (busy || isIn('wait')) return say(words.soon);
    busy = {};
    var ids = items.map(function (item) {
      return item.id;
    });
    hand('uploads=' + ids.join(','));
  }

  function hand(body) {
    var type = { 'Content-Type': 'application/x-www-form-urlencoded' };
    ask('POST', base, type, body, function (_, answer) {
      if (answer && answer.state === 'sent') return end(words.thanks, words.more);
      if (answer && answer.state === 'missing') return location.reload();
      if (answer && (answer.state === 'many' || answer.state === 'none')) {
        isSending = false;
        busy = null;
        return say(answer.words, {}, true);
      }
      if (answer && answer.state !== 'too-many') return close(answer);
      say(words.offline, {}, true);
      retry = function () {
        retry = null;
        say(words.soon);
        hand(body);
      };
      setTimeout(wake, LONGEST_WAIT_MS / 3);
    });
  }

  /** The link takes no more: what was sent has come, by this page or by another. */
  function close(answer) {
    end(answer.words || words.used, answer.state === 'used' ? words.more : undefined);
  }

  function end(title, more) {
    var heading = document.querySelector('h1');
    var main = heading.parentNode;
    while (main.lastChild !== heading) main.removeChild(main.lastChild);
    write(heading, title, {});
    heading.tabIndex = -1;
    heading.focus();
    if (!more) return;
    var line = make('p');
    write(line, more, {});
    main.appendChild(line);
  }

  form.className = 'js';
  Array.prototype.forEach.call(form.querySelectorAll('input[type=file]'), function (input) {
    input.onchange = function () {
      choose(input);
    };
  });
  JSON.parse(form.getAttribute('data-done')).forEach(function (done) {
    add({ id: done.upload, size: done.sizeBytes, key: done.upload, state: 'done', sent: 0 });
  });
  window.addEventListener('online', wake);
})();
