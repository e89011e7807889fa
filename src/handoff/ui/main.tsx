import { render } from 'preact';
import { App } from './shell/app.tsx';
import './style.css';
import './shell/shell.css';

const root = document.getElementById('app');
if (root) render(<App />, root);
