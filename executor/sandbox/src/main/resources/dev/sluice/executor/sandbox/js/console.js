// The console of one execution after another: what it counts, times and groups is forgotten in between. See inspect.js
// for the rules.
(function (primordials, inspector, print, limits) {
  'use strict';
  const { intrinsics, uncurry } = primordials;
  const { format, inspect, text, kindOf, cut } = inspector;
  const { logBytes } = limits;
  const { Reflect, Object, Array, Map, Set, String, Date, Math, Error } = intrinsics;
  const { apply, ownKeys, getOwnPropertyDescriptor: own, getPrototypeOf: prototypeOf } = Reflect;
  const { freeze, hasOwn } = Object;
  const { now } = Date;
  const { isArray } = Array;
  const { min, max } = Math;
  const slice = uncurry(String.prototype.slice), indexOf = uncurry(String.prototype.indexOf);
  const repeat = uncurry(String.prototype.repeat), padEnd = uncurry(String.prototype.padEnd);
  const mapGet = uncurry(Map.prototype.get), mapSet = uncurry(Map.prototype.set), mapHas = uncurry(Map.prototype.has);
  const mapDelete = uncurry(Map.prototype.delete), mapClear = uncurry(Map.prototype.clear);
  const mapSize = uncurry(own(Map.prototype, 'size').get);
  const mapEntries = uncurry(Map.prototype.entries), mapNext = uncurry(prototypeOf(new Map().entries()).next);
  const setSize = uncurry(own(Set.prototype, 'size').get);
  const setValues = uncurry(Set.prototype.values), setNext = uncurry(prototypeOf(new Set().values()).next);

  const DEBUG = 0, INFO = 1, LOG = 2, WARN = 3, ERROR = 4;
  const LABEL = 200, LABELS = 1000, INDENTS = 40, ROWS = 500, COLUMNS = 50, CELL = 200, FILE = 'workflow.js:';
  const mapKind = kindOf(new Map()).show, setKind = kindOf(new Set()).show;
  const counts = new Map(), timers = new Map();
  let groups = 0;

  const indented = (line) => {
    if (groups === 0) return line;
    const indent = repeat('  ', min(groups, INDENTS));
    let result = indent, from = 0;
    for (let at = indexOf(line, '\n'); at >= 0; at = indexOf(line, '\n', from)) {
      result += slice(line, from, at + 1) + indent;
      from = at + 1;
      if (result.length > logBytes) break;
    }
    return result + slice(line, from);
  };
  /** Prints what `make` makes. A first question whether anything more is kept spares the work for what is dropped. */
  const write = (level, make) => {
    if (!print(level, null)) return;
    const line = indented(make());
    print(level, line.length > logBytes ? slice(line, 0, logBytes + 1) : line);
  };
  const printer = (level) => (...values) => write(level, () => format(values, logBytes));
  const label = (value) => {
    if (value === undefined) return 'default';
    return text(value, LABEL);
  };
  /** The values after a heading, as if the heading were the start of a first text. */
  const headed = (heading, values) => {
    if (values.length === 0) return heading;
    const rest = format(values, logBytes);
    return `${heading}: ${rest}`;
  };

  // ---- counts, times, groups -------------------------------------------------------------------------------------
  const count = (name) => {
    const key = label(name);
    const next = (mapGet(counts, key) ?? 0) + 1;
    if (next === 1 && mapSize(counts) >= LABELS) return write(WARN, () => `Count for '${key}' is not kept: there are ${LABELS} others`);
    mapSet(counts, key, next);
    return write(LOG, () => `${key}: ${next}`);
  };
  const countReset = (name) => {
    const key = label(name);
    if (!mapDelete(counts, key)) write(WARN, () => `Count for '${key}' does not exist`);
  };
  const time = (name) => {
    const key = label(name);
    if (mapHas(timers, key)) return write(WARN, () => `Label '${key}' already exists for console.time()`);
    if (mapSize(timers) >= LABELS) return write(WARN, () => `Label '${key}' is not kept: there are ${LABELS} others`);
    mapSet(timers, key, now());
    return undefined;
  };
  const elapsed = (started) => {
    const milliseconds = max(0, now() - started);
    return milliseconds < 1000 ? `${milliseconds}ms` : `${milliseconds / 1000}s`;
  };
  const timed = (method, ends) => (name, ...values) => {
    const key = label(name), started = mapGet(timers, key);
    if (started === undefined) return write(WARN, () => `No such label '${key}' for console.${method}()`);
    if (ends) mapDelete(timers, key);
    return write(LOG, () => `${key}: ${elapsed(started)}${values.length === 0 ? '' : ' ' + format(values, logBytes)}`);
  };
  const group = (...values) => {
    if (values.length > 0) write(LOG, () => format(values, logBytes));
    groups++;
  };
  const groupEnd = () => {
    groups = max(0, groups - 1);
  };

  // ---- trace, assert, dir ------------------------------------------------------------------------------------------
  const frames = () => {
    const found = own(new Error(), 'stack');
    const stack = found !== undefined && typeof found.value === 'string' ? found.value : '';
    let result = '';
    for (let from = 0; from < stack.length;) {
      const newline = indexOf(stack, '\n', from);
      const end = newline < 0 ? stack.length : newline;
      const line = slice(stack, from, end);
      if (indexOf(line, FILE) >= 0) result += '\n' + line;
      from = end + 1;
    }
    return result;
  };
  const trace = (...values) => write(DEBUG, () => headed('Trace', values) + frames());
  const assert = (ok, ...values) => {
    if (!ok) write(ERROR, () => headed('Assertion failed', values));
  };
  const dir = (value) => write(LOG, () => inspect(value, logBytes));

  // ---- table -----------------------------------------------------------------------------------------------------
  const INDEX = '(index)', KEY = 'Key', VALUES = 'Values';
  const newTable = () => ({ __proto__: null, names: new Map(), widths: new Map(), cells: new Map(), rows: 0, more: 0, hidden: 0 });
  const cell = (table, column, value) => {
    let at = mapGet(table.names, column);
    if (at === undefined) {
      at = mapSize(table.names);
      if (at > COLUMNS) {
        table.hidden++;
        return;
      }
      mapSet(table.names, column, at);
      mapSet(table.widths, at, column.length);
    }
    mapSet(table.cells, `${table.rows}/${at}`, value);
    mapSet(table.widths, at, max(mapGet(table.widths, at), value.length));
  };
  const oneLine = (value) => {
    const shown = inspect(value, CELL);
    const newline = indexOf(shown, '\n');
    return newline < 0 ? shown : slice(shown, 0, newline) + '…';
  };
  const shownAt = (found) => (hasOwn(found, 'value') ? oneLine(found.value) : '[Getter]');
  const row = (table, index, value, columns, key) => {
    cell(table, INDEX, index);
    if (key !== undefined) cell(table, KEY, key);
    let wide = false;
    if (value !== null && typeof value === 'object' && kindOf(value).show === undefined) {
      const keys = ownKeys(value);
      for (let i = 0; i < keys.length && i < ROWS; i++) {
        const found = own(value, keys[i]);
        if (found === undefined || !found.enumerable || typeof keys[i] !== 'string' || (columns !== undefined && !mapHas(columns, keys[i]))) continue;
        wide = true;
        cell(table, cut(keys[i], CELL), shownAt(found));
      }
    }
    if (!wide && columns === undefined) cell(table, VALUES, oneLine(value));
    table.rows++;
  };
  const rows = (table, data, columns) => {
    const kind = isArray(data) ? undefined : kindOf(data).show;
    if (kind === mapKind) {
      const iterator = mapEntries(data);
      for (let step = mapNext(iterator); !step.done && table.rows < ROWS; step = mapNext(iterator)) {
        row(table, `${table.rows}`, step.value[1], columns, oneLine(step.value[0]));
      }
      table.more = mapSize(data) - table.rows;
    } else if (kind === setKind) {
      const iterator = setValues(data);
      for (let step = setNext(iterator); !step.done && table.rows < ROWS; step = setNext(iterator)) {
        row(table, `${table.rows}`, step.value, columns);
      }
      table.more = setSize(data) - table.rows;
    } else {
      const keys = ownKeys(data);
      for (let i = 0; i < keys.length; i++) {
        const found = own(data, keys[i]);
        if (found === undefined || !found.enumerable || typeof keys[i] !== 'string') continue;
        if (table.rows >= ROWS) {
          table.more = keys.length - i;
          break;
        }
        row(table, cut(keys[i], CELL), hasOwn(found, 'value') ? found.value : '[Getter]', columns);
      }
    }
  };
  const drawn = (table) => {
    const width = mapSize(table.names);
    const line = (left, middle, right) => {
      let result = left;
      for (let i = 0; i < width; i++) result += repeat('─', mapGet(table.widths, i) + 2) + (i + 1 < width ? middle : right);
      return result;
    };
    let heading = '│';
    const iterator = mapEntries(table.names);
    for (let step = mapNext(iterator); !step.done; step = mapNext(iterator)) {
      heading += ' ' + padEnd(step.value[0], mapGet(table.widths, step.value[1])) + ' │';
    }
    let result = `${line('┌', '┬', '┐')}\n${heading}\n${line('├', '┼', '┤')}\n`;
    for (let r = 0; r < table.rows && result.length <= logBytes; r++) {
      result += '│';
      for (let i = 0; i < width; i++) result += ' ' + padEnd(mapGet(table.cells, `${r}/${i}`) ?? '', mapGet(table.widths, i)) + ' │';
      result += '\n';
    }
    return result + line('└', '┴', '┘') + (table.more === 0 ? '' : `\n... ${table.more} more rows`) +
      (table.hidden === 0 ? '' : `\n... ${table.hidden} more cells in other columns`);
  };
  const table = (data, wanted) => write(LOG, () => {
    if (data === null || typeof data !== 'object') return text(data, logBytes);
    try {
      let columns;
      if (isArray(wanted)) {
        columns = new Map();
        for (let i = 0; i < wanted.length && i < COLUMNS; i++) mapSet(columns, text(wanted[i], CELL), true);
      }
      const result = newTable();
      rows(result, data, columns);
      return drawn(result);
    } catch {
      return inspect(data, logBytes);
    }
  });

  const reset = () => {
    mapClear(counts);
    mapClear(timers);
    groups = 0;
  };
  const nothing = () => undefined;
  const console = freeze({
    debug: printer(DEBUG), info: printer(INFO), log: printer(LOG), warn: printer(WARN), error: printer(ERROR),
    trace, assert, dir, dirxml: printer(LOG), table, group, groupCollapsed: group, groupEnd,
    count, countReset, time, timeLog: timed('timeLog', false), timeEnd: timed('timeEnd', true),
    clear: nothing, profile: nothing, profileEnd: nothing, timeStamp: nothing,
  });
  return { __proto__: null, console, reset };
})
