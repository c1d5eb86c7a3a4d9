/// A telephone number in the parts of XTN, as far as its form says them without a guess.
struct TelephoneNumber: Equatable {
    /// XTN-5, without zeros: `86`.
    var country = ""
    /// XTN-6, without the leading zero of landlines: `10`, `512`, the first three of a mobile.
    var area = ""
    /// XTN-7, at most nine digits.
    var local = ""
    /// XTN-9: the whole number where it has no form that is known.
    var unparted = ""
    /// Whether XTN-3 says CP.
    var isMobile = false

    /// Takes Chinese mobiles and landlines apart; any other number stays whole.
    init(_ text: String) {
        let digits = text.filter { $0.isASCII && $0.isNumber }
        let isAbroad = text.contains("+") && !digits.hasPrefix("86")
        let national =
            if digits.count == 13, digits.hasPrefix("861") {
                String(digits.dropFirst(2))
            } else if text.contains("+") {
                // Behind the country's number, landlines lose the zero of their area.
                isAbroad ? "" : "0" + digits.dropFirst(2)
            } else {
                digits
            }
        if national.count == 11, national.hasPrefix("1") {
            isMobile = true
            (country, area) = ("86", String(national.prefix(3)))
            local = String(national.dropFirst(3))
            return
        }
        // 010 and 02x are the eight-digit cities; every other area has three digits.
        let areaLength = national.hasPrefix("01") || national.hasPrefix("02") ? 2 : 3
        let rest = national.dropFirst(1 + areaLength)
        if national.hasPrefix("0"), !national.hasPrefix("00"), (7...8).contains(rest.count) {
            country = "86"
            area = String(national.dropFirst().prefix(areaLength))
            local = String(rest)
        } else {
            unparted = text
        }
    }
}
