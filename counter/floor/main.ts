import { mount } from 'svelte';
import '@fontsource-variable/noto-sans/wght.css';
import '@antrean/shared/tokens.css';
import '../lib/staff.css';
import FloorPage from './FloorPage.svelte';

const target = document.getElementById('screen');
if (!target) throw new Error('the page has no place for the screen');
mount(FloorPage, { target });
