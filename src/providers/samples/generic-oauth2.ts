import type { SampleLogin } from '../types.js';

export const SAMPLES: readonly SampleLogin[] = [
  {
    name: 'admin',
    persona: 'admin',
    userinfo: { id: 1, username: 'ada', name: 'Ada Adler', role: 'administrator', email: 'ada@example.com' },
  },
  {
    name: 'user',
    persona: 'user',
    userinfo: { id: 2, username: 'ben', name: 'Ben Berg', role: 'reader', email: 'ben@example.com' },
  },
  {
    name: 'no role, no e-mail',
    persona: 'no-groups',
    userinfo: { id: 3, username: 'noa', name: 'Noa Nyman' },
    http: { 'https://api.example.com/me/emails': { status: 404, body: { message: 'Not Found' } } },
    note: 'login aborts',
  },
  {
    name: 'wrapped answer {"data":{…}}',
    persona: 'trap',
    userinfo: { data: { id: 1, username: 'ada', name: 'Ada Adler', role: 'administrator', email: 'ada@example.com' } },
    settings: {
      role_attribute_path: "data.role == 'administrator' && 'Admin'",
      email_attribute_path: 'data.email',
      login_attribute_path: 'data.username',
      name_attribute_path: 'data.name',
    },
    note: 'paths handle nesting',
  },
  {
    name: 'numeric username',
    persona: 'trap',
    userinfo: { id: 1, username: 4711, name: 'Num Ber', role: 'administrator', email: 'num@example.com' },
    http: { 'https://api.example.com/me/emails': { status: 404, body: 'x' } },
    note: 'typed field with a number: whole answer dropped',
  },
];
