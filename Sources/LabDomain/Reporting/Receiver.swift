/// Somebody to whom reports go: a health authority's system, with the way to it and what it wants.
///
/// It holds no secret: credentials are named by where they lie (SEND-3).
package struct Receiver: Hashable, Sendable {
    /// How messages are written.
    package enum Encoding: String, CaseIterable, Hashable, Sendable, Codable {
        /// Pipes.
        case er7
        /// The XML encoding of HL7 version 2.
        case xml
        /// A message Bundle of FHIR R4 in XML.
        case fhirXML = "fhir-xml"
        /// A message Bundle of FHIR R4 in JSON.
        case fhirJSON = "fhir-json"

        /// Whether it is one of FHIR's.
        package var isFHIR: Bool { self == .fhirXML || self == .fhirJSON }
    }

    /// What the receiver calls itself: lower-case letters, digits and hyphens.
    package let name: String
    /// Whether it answers each message (PHLabReport-Ack; FHIR over HTTP, whose status is the
    /// answer), or takes it in silence (-NoAck).
    package let answers: Bool
    package let encoding: Encoding
    package let codes: Codes
    package let transport: Transport
    /// The receiving system (MSH-5).
    package let application: Report.Party
    /// The receiving house (MSH-6).
    package let facility: Report.Party
    package let schedule: SendingSchedule
    package let wanted: Wanted
    /// How long an answer is waited for.
    package let patience: Span

    /// A receiver as its settings describe it.
    package init(
        name: String, answers: Bool, encoding: Encoding, codes: Codes, transport: Transport,
        application: Report.Party, facility: Report.Party, schedule: SendingSchedule,
        wanted: Wanted, patience: Span
    ) {
        self.name = name
        self.answers = answers
        self.encoding = encoding
        self.codes = codes
        self.transport = transport
        self.application = application
        self.facility = facility
        self.schedule = schedule
        self.wanted = wanted
        self.patience = patience
    }

    /// Whether a text can be a receiver's name: 2 to 40 of `a-z 0-9 -`, beginning with a letter.
    package static func isName(_ text: String) -> Bool {
        Actor.isHandle(text) && !text.utf8.contains(46)
    }
}

extension Receiver {
    /// In which codes a receiver reads tests, results and specimens.
    package struct Codes: Hashable, Sendable {
        /// Where the codes come from.
        package enum Source: Hashable, Sendable {
            /// LOINC and SNOMED CT, from the files that ship with Swabline.
            case standard
            /// The laboratory's own names of tests, results and specimens.
            case laboratory
            /// A table; `name` is the file it came from, `line` where it stands in the settings.
            case table(String, name: String, line: Int)
        }

        package let source: Source
        /// Whether LOINC or SNOMED CT stand beside another code where both are known (CE-4 to
        /// CE-6, a second coding of FHIR).
        package let hasAlternates: Bool

        /// LOINC and SNOMED CT alone.
        package static let standard = Codes(.standard, hasAlternates: false)

        /// Codes of a source.
        package init(_ source: Source, hasAlternates: Bool = true) {
            self.source = source
            self.hasAlternates = hasAlternates
        }

        /// The codes in one word: `standard`, `laboratory` or the table's name.
        package var text: String {
            switch source {
            case .standard: "standard"
            case .laboratory: "laboratory"
            case .table(_, let name, _): name
            }
        }
    }
}

extension Receiver {
    /// The way to a receiver.
    package enum Transport: Hashable, Sendable {
        /// Files in a folder that somebody fetches.
        case folder(path: String)
        /// POST to an address.
        case http(HTTP)
        /// Frames over a connection of its own.
        case mllp(host: String, port: Int)

        /// The way in one word with its end: `mllp 127.0.0.1:2575`.
        package var text: String {
            switch self {
            case .folder(let path): "folder \(path)"
            case .http(let http): "http \(http.url)"
            case .mllp(let host, let port): "mllp \(host):\(port)"
            }
        }
    }

    /// An address that takes messages by POST.
    package struct HTTP: Hashable, Sendable {
        package let url: String
        /// What the body is called; nil is what HL7 over HTTP says for the encoding.
        package let contentType: String?
        /// Further headers, such as the `client` of ReportStream; nothing secret.
        package let headers: [Header]
        package let credentials: Credentials?
        /// A file with the certificates to trust instead of the system's.
        package let certificates: String?

        /// An address with what a request to it carries.
        package init(
            url: String, contentType: String? = nil, headers: [Header] = [],
            credentials: Credentials? = nil, certificates: String? = nil
        ) {
            self.url = url
            self.contentType = contentType
            self.headers = headers
            self.credentials = credentials
            self.certificates = certificates
        }
    }

    /// A header of a request.
    package struct Header: Hashable, Sendable {
        package let name: String
        package let value: String

        /// A header.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// How the sender proves who it is, and where the secret lies.
    package struct Credentials: Hashable, Sendable {
        /// How the secret is shown.
        package enum Scheme: String, CaseIterable, Hashable, Sendable {
            /// `name:password`.
            case basic
            /// A token.
            case bearer
        }

        /// Where the secret lies.
        package enum Place: Hashable, Sendable {
            case file(String)
            case environment(String)
        }

        package let scheme: Scheme
        package let place: Place

        /// Credentials by their place.
        package init(scheme: Scheme, place: Place) {
            self.scheme = scheme
            self.place = place
        }
    }

    /// What a receiver wants to have.
    package struct Wanted: Hashable, Sendable {
        /// Which results.
        package enum Results: String, CaseIterable, Hashable, Sendable {
            case all
            case positives
        }

        package let results: Results
        /// The sending units of its district, as manifests name them; none: whichever.
        package let units: Set<String>
        /// The sampling sites of its district; none: whichever.
        package let sites: Set<String>
        /// Whether members of a positive laboratory pool are told of before their own tests.
        package let preliminaryPools: Bool
        /// Whether it is told of tubes that were rejected.
        package let cancellations: Bool

        /// What is wanted.
        package init(
            results: Results = .all, units: Set<String> = [], sites: Set<String> = [],
            preliminaryPools: Bool = false, cancellations: Bool = false
        ) {
            self.results = results
            self.units = units
            self.sites = sites
            self.preliminaryPools = preliminaryPools
            self.cancellations = cancellations
        }

        /// Whether a unit's tube of a site lies in the district.
        package func covers(unit: String, site: String) -> Bool {
            (units.isEmpty || units.contains(unit)) && (sites.isEmpty || sites.contains(site))
        }

        /// Whether a result is wanted at all.
        package func includes(_ outcome: Outcome) -> Bool {
            results == .all || outcome == .detected
        }
    }
}
