/// A resource or data type of FHIR: its elements in the order of the standard.
///
/// One tree from which both encodings are written. What is empty is left out: FHIR knows no empty
/// elements.
struct FHIRObject: Sendable {
    /// `Patient`; nil for a data type.
    var type: String?
    /// Names and values in the order of the standard, which XML demands.
    private(set) var elements: [(name: String, value: FHIRValue)] = []

    /// Adds an element behind the others, unless it says nothing.
    mutating func add(_ name: String, _ value: FHIRValue) {
        if !value.isEmpty { elements.append((name, value)) }
    }
}

extension FHIRObject: ExpressibleByDictionaryLiteral {
    /// A data type.
    init(dictionaryLiteral elements: (String, FHIRValue)...) {
        for (name, value) in elements { add(name, value) }
    }

    /// A resource.
    init(_ type: String, _ content: FHIRObject) {
        self = content
        self.type = type
    }
}

/// What an element of FHIR holds.
indirect enum FHIRValue: Sendable {
    /// A string, code, identifier, date or time.
    case text(String)
    /// A number with its digits as they are meant: FHIR counts them as precision.
    case number(String)
    case boolean(Bool)
    /// An extension's address, which XML writes as an attribute.
    case attribute(String)
    case object(FHIRObject)
    /// An element that may come more than once: always a list in JSON.
    case objects([FHIRObject])
    /// A resource within another.
    case resource(FHIRObject)
    /// No value, and why (a code of data-absent-reason).
    case absent(String)

    /// Whether nothing is said.
    var isEmpty: Bool {
        switch self {
        case .text(let text), .number(let text), .attribute(let text): text.isEmpty
        case .object(let object): object.elements.isEmpty
        case .objects(let objects): objects.isEmpty
        case .boolean, .resource, .absent: false
        }
    }

    /// Why an element has no value, as the extension that every data type may have.
    static func extensionOfAbsence(_ reason: String) -> FHIRObject {
        [
            "url": .attribute("http://hl7.org/fhir/StructureDefinition/data-absent-reason"),
            "valueCode": .text(reason),
        ]
    }
}

extension FHIRValue: ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    /// A text.
    init(stringLiteral text: String) { self = .text(text) }
    /// A list.
    init(arrayLiteral objects: FHIRObject...) { self = .objects(objects) }
    /// A data type.
    init(dictionaryLiteral elements: (String, FHIRValue)...) {
        var object = FHIRObject()
        for (name, value) in elements { object.add(name, value) }
        self = .object(object)
    }
}
