/// Names by which instruments' users call controls.
enum ControlName {
    /// Whether a name is that of a positive control, or of a negative one; nil for any other name.
    static func isPositive(_ name: String) -> Bool? {
        let key = name.lowercased().filter { $0.isLetter || $0.isNumber }
        if positives.contains(key) { return true }
        return negatives.contains(key) ? false : nil
    }

    private static let positives: Set = [
        "pc", "pos", "positive", "positivecontrol", "posctrl", "posctl", "poscontrol",
        "weakpositive", "kitpositive", "阳性", "阳性对照", "阳性质控", "弱阳性", "弱阳性质控",
    ]
    private static let negatives: Set = [
        "nc", "ntc", "nec", "neg", "negative", "negativecontrol", "negctrl", "negctl",
        "negcontrol", "notemplatecontrol", "blank", "water", "h2o", "kitnegative", "阴性", "阴性对照",
        "阴性质控", "空白", "空白对照",
    ]
}
