import './htmx'
import './menus'
import './otp'
