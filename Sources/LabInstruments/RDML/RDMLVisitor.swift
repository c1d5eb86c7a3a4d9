internal import LabDomain
internal import LabXML

/// Collects an RDML document's runs and everything that is wrong with it.
struct RDMLVisitor: XMLVisitor {
    /// The elements that matter; the rest is passed over.
    enum Name: Int, CaseIterable {
        case rdml, experimenter, documentation, dye, sample, target, thermalCyclingConditions
        case experiment, run, react, data, tar, cq, adp, cyc, fluor, excl, instrument
        case dataCollectionSoftware, name, version, pcrFormat, rows, columns, dyeId, partitions
        case mdp
    }

    let names = Name.allCases.map { "\($0)" }
    private(set) var model = RDMLModel()
    private(set) var faults: [InstrumentFault] = []
    private let entry: String
    private var stack: [Int] = []
    private var ids: [String: [String: Int]] = [:]
    private var target = ""
    private var run: RDMLModel.Run?
    private var react: RDMLModel.React?
    private var datum: RDMLModel.Datum?
    private var hasCq = false
    private var cycle: Double?
    private var fluorescence: Double?

    init(entry: String) {
        self.entry = entry
    }

    mutating func start(_ name: Int, _ attributes: XMLAttributes, line: Int) {
        stack.append(name)
        guard let element = Name(rawValue: name) else { return }
        switch element {
        case .cyc, .fluor, .mdp: break
        case .adp:
            cycle = nil
            fluorescence = nil
        case .data:
            datum = RDMLModel.Datum(line: line)
            hasCq = false
        case .tar: datum?.target = attributes["id"]
        case .react:
            let id = take(attributes["id"], of: "react", line)
            react = RDMLModel.React(id: id, line: line)
        case .sample where react != nil: react?.sample = attributes["id"]
        case .run:
            run = RDMLModel.Run(id: take(attributes["id"], of: "run", line), line: line)
            ids["react"] = nil
        case .experiment:
            run = nil
            experiment = take(attributes["id"], of: "experiment", line)
            ids["run"] = nil
        case .rdml where stack.count == 1: model.version = attributes["version"] ?? ""
        case .target:
            target = take(attributes["id"], of: "target", line)
            model.targets.insert(target)
        case .dyeId: if parent == .target { model.dyes[target] = attributes["id"] }
        case .experimenter, .dye, .sample, .documentation, .thermalCyclingConditions:
            // The same names stand deeper down as references.
            if stack.count == 2 { _ = take(attributes["id"], of: "\(element)", line) }
        default: break
        }
    }

    mutating func end(_ name: Int, _ text: UnsafeBufferPointer<UInt8>, line: Int) {
        defer { stack.removeLast() }
        guard let element = Name(rawValue: name) else { return }
        switch element {
        case .cyc: if parent == .adp { cycle = number(text, line) }
        case .fluor: if parent == .adp { fluorescence = number(text, line) }
        case .adp:
            // A gap is written by leaving out the point, or with a fluorescence of NaN.
            if let cycle, let fluorescence {
                datum?.cycles.append(cycle)
                datum?.fluorescence.append(fluorescence)
            }
        case .cq:
            guard parent == .data else { return }
            let cq = number(text, line)
            if hasCq { datum?.hasTwoCqs = true }
            hasCq = true
            datum?.cq = cq
        case .excl: datum?.isExcluded = true
        case .data:
            if let datum { react?.data.append(datum) }
            datum = nil
        case .partitions: model.partitioned += 1
        case .react:
            if let react { run?.reacts.append(react) }
            react = nil
        case .run:
            if var run {
                run.experiment = experiment
                model.runs.append(run)
            }
            run = nil
        default: describe(element, text, line)
        }
    }

    private var experiment = ""

    private var parent: Name? {
        stack.count >= 2 ? Name(rawValue: stack[stack.count - 2]) : nil
    }

    private mutating func describe(_ element: Name, _ text: UnsafeBufferPointer<UInt8>, _ line: Int)
    {
        guard run != nil, react == nil else { return }
        let words = String(decoding: text, as: UTF8.self).trimmed
        switch (element, parent) {
        case (.instrument, .run): run?.instrument = words
        case (.name, .dataCollectionSoftware): run?.softwareName = words
        case (.version, .dataCollectionSoftware): run?.softwareVersion = words
        case (.pcrFormat, .run): run?.format = words
        case (.rows, .pcrFormat):
            let rows = whole(text, line)
            run?.rows = rows
        case (.columns, .pcrFormat):
            let columns = whole(text, line)
            run?.columns = columns
        default: break
        }
    }

    /// An identifier that must not be given twice among its kind.
    private mutating func take(_ id: String?, of kind: String, _ line: Int) -> String {
        guard let id else {
            complain(line, "the element has no id; give it one")
            return ""
        }
        if let first = ids[kind]?[id] {
            complain(line, "the same id as in line \(first); give each its own")
        } else {
            ids[kind, default: [:]][id] = line
        }
        return id
    }

    private mutating func number(_ text: UnsafeBufferPointer<UInt8>, _ line: Int) -> Double? {
        if let number = NumberText.parse(text) { return number }
        let word = String(decoding: text, as: UTF8.self).trimmed.lowercased()
        if word == "nan" { return nil }
        complain(line, "not a number; write it with a decimal point")
        return nil
    }

    private mutating func whole(_ text: UnsafeBufferPointer<UInt8>, _ line: Int) -> Int? {
        if let number = NumberText.parse(text), number == number.rounded(), 1...10_000 ~= number {
            return Int(number)
        }
        complain(line, "not a whole number of rows or columns")
        return nil
    }

    private mutating func complain(_ line: Int, _ words: Wording) {
        guard faults.count < InstrumentFaults.longest else { return }
        let path = stack.map { names.indices.contains($0) ? names[$0] : "*" }
        faults.append(
            InstrumentFault(
                FilePlace(
                    .entry(entry), line: line, element: "/" + path.joined(separator: "/")), words))
    }
}
