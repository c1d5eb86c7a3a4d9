internal import CXML

/// What has to be done once in a process before libxml2 is used.
enum LibXML {
    /// Touch this before the first call of libxml2 in any path.
    static let ready: Void = {
        xmlInitParser()
        // No file and no address is ever opened on behalf of a document or a schema.
        xmlSetExternalEntityLoader { _, _, _ in nil }
    }()

    /// Text that libxml2 owns, copied.
    static func string(_ text: UnsafePointer<xmlChar>?) -> String? {
        text.map { String(cString: $0) }
    }
}

/// The faults that libxml2 tells a handler, kept in the words of this house.
final class FaultList {
    /// A broken document has an unbounded number of faults, and nobody reads more than these.
    static let longest = 100

    private(set) var faults: [XMLFault] = []
    private let reword: (xmlError) -> XMLFault?

    init(reword: @escaping (xmlError) -> XMLFault?) { self.reword = reword }

    func note(_ error: xmlError) {
        guard error.level.rawValue >= XML_ERR_ERROR.rawValue, faults.count < Self.longest else {
            return
        }
        if let fault = reword(error) { faults.append(fault) }
    }

    /// For the C callbacks; valid as long as the list itself is.
    var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    static func at(_ pointer: UnsafeMutableRawPointer?) -> FaultList? {
        pointer.map { Unmanaged<FaultList>.fromOpaque($0).takeUnretainedValue() }
    }
}
