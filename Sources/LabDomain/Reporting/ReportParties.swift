extension Report {
    /// A system or a house by the name and number under which receivers know it (HD).
    package struct Party: Hashable, Sendable {
        /// The name (HD-1).
        package let name: String
        /// The ISO object identifier (HD-2), digits and dots.
        package let oid: String

        /// A party with its object identifier.
        package init(name: String, oid: String) {
            self.name = name
            self.oid = oid
        }
    }

    /// Who sends and who takes the message.
    package struct Route: Hashable, Sendable {
        /// The sending system (MSH-3); it also gives out the numbers of orders and specimens.
        package let application: Party
        /// The receiving system (MSH-5).
        package let receivingApplication: Party
        /// The receiving house (MSH-6).
        package let receivingFacility: Party

        /// A way from this system to a receiver.
        package init(application: Party, receivingApplication: Party, receivingFacility: Party) {
            self.application = application
            self.receivingApplication = receivingApplication
            self.receivingFacility = receivingFacility
        }
    }

    /// The laboratory that tested.
    package struct Laboratory: Hashable, Sendable {
        /// The number under which the laboratory is licensed (XON-10).
        package enum Code: Hashable, Sendable {
            /// A number of the American programme CLIA: `05D1234567`.
            case clia(String)
            /// A number of any other authority, told apart by the laboratory's own OID.
            case local(String)

            /// The number.
            package var text: String {
                switch self {
                case .clia(let text), .local(let text): text
                }
            }
        }

        /// The name (MSH-4, OBX-23).
        package let name: String
        /// The ISO object identifier (MSH-4, PID-3.4).
        package let oid: String
        /// The licence (OBX-23).
        package let code: Code
        /// The address, the street first (OBX-24).
        package let addressLines: [String]
        /// The telephone (ORC-23 where the sending unit has none).
        package let telephone: String
        /// The country in three capital letters of ISO 3166 (MSH-17, XAD-6).
        package let country: String

        /// A laboratory; `country` is China's unless said.
        package init(
            name: String, oid: String, code: Code, addressLines: [String], telephone: String,
            country: String = "CHN"
        ) {
            self.name = name
            self.oid = oid
            self.code = code
            self.addressLines = addressLines
            self.telephone = telephone
            self.country = country
        }
    }

    /// Who sent the specimen in and gets the result.
    package struct SendingUnit: Hashable, Sendable {
        /// The name (ORC-21).
        package let name: String
        /// The address, empty when it is not known (ORC-22).
        package let addressLines: [String]
        /// The telephone, empty when it is not known (ORC-23).
        package let telephone: String

        /// A unit, of which often only the name is known.
        package init(name: String, addressLines: [String] = [], telephone: String = "") {
            self.name = name
            self.addressLines = addressLines
            self.telephone = telephone
        }
    }
}
