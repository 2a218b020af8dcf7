import { describe, expect, it } from 'vitest';
import { folderOf, isAbsolutePath, joinPath, normalPath, relativePath } from '../../src/text/paths.js';

describe('paths', () => {
  it.each([
    ['a/./b//c', 'a/b/c'],
    ['./a/../b', 'b'],
    ['../../a', '../../a'],
    ['a/../..', '..'],
    ['/a/../../b', '/b'],
    ['', '.'],
    ['a/', 'a'],
    ['/', '/'],
    ['C:\\conf\\..\\a.ini', 'C:/a.ini'],
    ['odd\\name.ini', 'odd\\name.ini'],
  ])('%s is %s', (path, normal) => {
    expect(normalPath(path)).toBe(normal);
  });

  it('are joined, and seen from a folder', () => {
    expect(joinPath('/home/user', '../etc/a.ini')).toBe('/home/etc/a.ini');
    expect(joinPath('/home/user', '/etc/a.ini')).toBe('/etc/a.ini');
    expect(joinPath('C:\\work', 'conf\\a.ini')).toBe('C:/work/conf/a.ini');
    expect(relativePath('/home/user', 'conf/a.ini')).toBe('conf/a.ini');
    expect(relativePath('/home/user', '/home/user/a.ini')).toBe('a.ini');
    expect(relativePath('/home/user', '../a.ini')).toBe('../a.ini');
    expect(relativePath('/home/user', '/home/user')).toBe('.');
    expect(relativePath('/', '/etc/a.ini')).toBe('etc/a.ini');
    expect(relativePath('/home/user', 'D:/a.ini')).toBe('D:/a.ini');
    expect(relativePath('C:\\work', 'C:\\work\\conf\\a.ini')).toBe('conf/a.ini');
  });

  it('have a folder, and may be absolute', () => {
    expect(['a.ini', 'b/a.ini', '/a.ini', '/b/a.ini'].map(folderOf)).toEqual(['.', 'b', '/', '/b']);
    expect(['a', '/a', 'C:\\a', 'C:/a'].map(isAbsolutePath)).toEqual([false, true, true, true]);
  });
});
