internal import LabDomain

extension InstrumentFile {
    /// The most warnings that are said of a file.
    static let mostWarnings = 100

    /// Warns, unless too much has been said already.
    mutating func warn(_ place: FilePlace, _ words: Wording) {
        guard warnings.count < Self.mostWarnings else {
            unsaid += 1
            return
        }
        warnings.append(InstrumentWarning(place: place, words: words))
    }

    /// The file with no more warnings than people read, the last of which counts the others.
    func brief() -> InstrumentFile {
        var file = self
        file.unsaid += max(0, warnings.count - Self.mostWarnings)
        guard file.unsaid > 0 else { return file }
        file.warnings = Array(warnings.prefix(Self.mostWarnings))
        file.warnings.append(
            InstrumentWarning(
                place: FilePlace(), words: "\(file.unsaid) more warnings are not shown"))
        file.unsaid = 0
        return file
    }
}
