internal import LabDomain
internal import LabOperations

/// Labels to print, each on a sheet of its own.
struct LabelsPage: Hashable, Sendable {
    /// One label as it is drawn.
    struct Sheet: Hashable, Sendable {
        let bars: Code128.Drawn
        let code: String
        let note: String
    }

    let bar: PaperBar
    let size: String
    let sheets: [Sheet]

    /// Labels of one size; `path` is the page with its other questions.
    init(_ labels: [Label], size: LabelSize, path: String, back: String) {
        let joint = path.contains("?") ? "&" : "?"
        bar = PaperBar(
            back: back,
            sizes: LabelSize.allCases.map {
                PaperBar.Size(
                    name: "\($0.width) × \($0.height) mm",
                    path: "\(path)\(joint)size=\($0.rawValue)", isChosen: $0 == size)
            })
        self.size = "labels-\(size.rawValue)"
        sheets = labels.map {
            Sheet(
                bars: $0.bars.drawn(within: size.room, high: Double(size.height) * 0.5),
                code: $0.code, note: $0.note)
        }
    }
}

/// The page on which codes are typed or scanned for new labels.
struct LabelFormPage: Hashable, Sendable {
    let most: Int
}

extension Site {
    /// Labels at most on one page.
    static let mostLabels = 200

    var labelRoutes: [Route] {
        [
            .get("/labels", .receiveBox) { visit in
                let codes = visit.query.all("codes").flatMap {
                    $0.split { ",; \n\r\t".contains($0) }.map(String.init)
                }
                guard !codes.isEmpty else {
                    return .page(
                        Page(
                            visit.words.say("labels.title"), "label-form",
                            LabelFormPage(most: Self.mostLabels)))
                }
                let size = visit.labelSize
                let labels = try knownLabels(codes, size: size, visit)
                let list = codes.map(encoded).joined(separator: ",")
                return .page(
                    Page(
                        visit.words.say("labels.title"), "labels",
                        LabelsPage(
                            labels, size: size, path: "/labels?codes=\(list)", back: "/labels"),
                        scripts: ["paper.js"], frame: .paper))
            }
        ]
    }

    /// Labels for codes that the laboratory knows: nobody's number becomes a label.
    private func knownLabels(
        _ codes: [String], size: LabelSize, _ visit: Visit
    ) throws -> [Label] {
        let words = visit.words
        guard codes.count <= Self.mostLabels else {
            throw Refusal(
                .badData, Wording(plain: words.count("labels.tooMany", codes.count)),
                remedy: Wording(
                    plain: words.say("labels.tooMany.remedy", ["n": "\(Self.mostLabels)"])))
        }
        var faults = codes.indices.filter { !Self.isCode(normalised(codes[$0])) }
            .map { Label.place($0, "character", words) }
        var known: [String] = []
        if faults.isEmpty {
            let found = try visit.laboratory.knownCodes(codes, as: visit.handle)
            faults = found.indices.filter { found[$0] == nil }
                .map { Label.place($0, "unknown", words) }
            known = found.compactMap(\.self)
        }
        guard faults.isEmpty else {
            throw Refusal(
                .badData, Wording(plain: words.count("labels.refused", faults.count)),
                remedy: Wording(plain: words.say("labels.refused.remedy")), places: faults)
        }
        return try Label.labels(known.map { ($0, "") }, size: size, words: words)
    }

    /// Whether a text is made like the codes of tubes, pools, boxes and plates.
    static func isCode(_ text: String) -> Bool {
        (1...Code128.longest).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                    || Array("-._/".utf8).contains($0)
            }
    }
}

extension Visit {
    /// The size of label that was asked for.
    var labelSize: LabelSize { query["size"].flatMap(LabelSize.init(rawValue:)) ?? .standard }
}
