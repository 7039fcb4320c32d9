import './htmx'
import './account/otp'
import './restored'
