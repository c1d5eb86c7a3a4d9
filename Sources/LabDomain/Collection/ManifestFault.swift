/// One thing that is wrong with one line of a manifest.
package struct ManifestFault: Error, Hashable, Sendable, Codable {
    /// What is wrong, as programs read it.
    package enum Code: String, CaseIterable, Hashable, Sendable, Codable {
        case barcodeMissing = "barcode-missing"
        case barcodeCharacter = "barcode-character"
        case barcodeFormat = "barcode-format"
        case barcodeCheck = "barcode-check"
        case barcodeRegistered = "barcode-registered"
        case kindUnknown = "kind-unknown"
        case ratioNotAllowed = "ratio-not-allowed"
        case tubeDisagrees = "tube-disagrees"
        case tubeFull = "tube-full"
        case tubeSecondPerson = "tube-second-person"
        case personTwice = "person-twice"
        case personOtherName = "person-other-name"
        case personInEnvironment = "person-in-environment"
        case placeMissing = "place-missing"
        case nameMissing = "name-missing"
        case textUnfit = "text-unfit"
        case documentType = "document-type"
        case documentMissing = "document-missing"
        case documentNumber = "document-number"
        case documentCheck = "document-check"
        case documentDate = "document-date"
        case sexUnknown = "sex-unknown"
        case birthDate = "birth-date"
        case contradicts
        case telephone
        case unitMissing = "unit-missing"
        case otherUnit = "other-unit"
        case otherSite = "other-site"
        case collectedAt = "collected-at"
        case collectedInFuture = "collected-in-future"
        case riskUnknown = "risk-unknown"
        case row
        case column
    }

    package let line: Int
    /// The column of the file, 1 for the first; nil when the whole line is meant.
    package let column: Int?
    package let heading: String?
    package let code: Code
    /// What is wrong, in words that never repeat the cell.
    package let message: Wording
    /// What the user should do.
    package let remedy: Wording

    /// A fault of one cell or line.
    package init(
        line: Int, column: Int?, heading: String?, code: Code, message: Wording, remedy: Wording
    ) {
        self.line = line
        self.column = column
        self.heading = heading
        self.code = code
        self.message = message
        self.remedy = remedy
    }
}

extension ManifestFault.Code {
    /// What is wrong and what to do, in one place; no word of a cell is ever repeated here.
    var words: (what: Wording, remedy: Wording) {
        switch self {
        case .barcodeMissing:
            ("the tube's barcode is empty", "scan the tube again")
        case .barcodeCharacter:
            ("the barcode holds a character that no barcode has", "scan the tube again")
        case .barcodeFormat:
            (
                "the barcode has the length or prefix of no supplier known to this laboratory",
                "scan it again, or add the supplier's format to the laboratory's settings"
            )
        case .barcodeCheck:
            ("the barcode's check character does not fit", "scan the tube again, do not type it")
        case .barcodeRegistered:
            (
                "a tube with this barcode is registered already",
                "look at `swabline trace` of the tube; if it is another tube, give it a new label"
            )
        case .kindUnknown:
            (
                "the kind of tube is not known",
                "write 1:1, 5:1, 10:1, 20:1 or environment"
            )
        case .ratioNotAllowed:
            (
                "the programme in force does not allow mixed tubes of this size",
                "see `swabline programme show`; use a ratio that it names"
            )
        case .tubeDisagrees:
            (
                "this line disagrees with an earlier line of the same tube",
                "give all lines of a tube the same value, or check for a barcode used twice"
            )
        case .tubeFull:
            (
                "one person more than the tube's ratio allows",
                "take a new tube for this person, or correct the ratio"
            )
        case .tubeSecondPerson:
            (
                "a second line for a tube that holds one specimen: its barcode is doubled",
                "check which of the two lines belongs to the tube"
            )
        case .personTwice:
            ("this person is in the same tube on an earlier line", "remove one of the two lines")
        case .personOtherName:
            (
                "this document belongs to a person with another name",
                "compare the card: name or number is mistyped; --correct-names takes the new name"
            )
        case .personInEnvironment:
            (
                "a tube of the environment names a person",
                "empty the person's columns, or correct the kind of tube"
            )
        case .placeMissing:
            ("a tube of the environment names no place", "write where the swab was taken")
        case .nameMissing:
            ("the name is empty", "write the name as the document states it")
        case .textUnfit:
            (
                "the text is too long or holds control characters",
                "shorten it to 200 characters and remove what cannot be printed"
            )
        case .documentType:
            (
                "the type of document is not known",
                "write one of \(DocumentType.allCases.map(\.rawValue).joined(separator: ", "))"
            )
        case .documentMissing:
            ("the document number is empty", "read it from the card")
        case .documentNumber:
            (
                "the document number does not have the form of its type",
                "read it again from the card"
            )
        case .documentCheck:
            (
                "the check character of the resident number does not fit",
                "read the number again from the card"
            )
        case .documentDate:
            (
                "the resident number holds no date on which somebody can have been born",
                "read the number again from the card"
            )
        case .sexUnknown:
            ("the sex is not known", "write male, female or unknown, or leave it empty")
        case .birthDate:
            ("the birth date is not a past calendar date", "write it as 1988-05-07")
        case .contradicts:
            (
                "the resident number on this line says otherwise",
                "read the card again: the number or this cell belongs to somebody else"
            )
        case .telephone:
            ("the telephone number is not one", "write 5 to 20 digits, with + and - if needed")
        case .unitMissing:
            ("the sending unit is empty", "write who sends the tube and gets the results")
        case .otherUnit:
            (
                "the line names another sending unit than the one that hands it in",
                "hand in the tubes of your own unit; the laboratory can register the others"
            )
        case .otherSite:
            (
                "the line names another sampling site, or none, than the one that hands it in",
                "write your own site; each site hands in its own tubes"
            )
        case .collectedAt:
            ("the time of collection is not a time", "write it as 2021-07-30 08:15")
        case .collectedInFuture:
            ("the time of collection lies in the future", "check the date and the desk's clock")
        case .riskUnknown:
            (
                "the risk class is not known",
                "write one of \(RiskClass.allCases.map(\.rawValue).joined(separator: ", "))"
            )
        case .row:
            ("the line does not have the columns of the heading", "check its commas and quotes")
        case .column: ("the heading is not right", "compare with `swabline manifest template`")
        }
    }
}
