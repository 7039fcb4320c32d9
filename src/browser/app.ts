import './htmx'
import './menus'
