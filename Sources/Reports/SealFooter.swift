import Estate
import struct Journal.HeadSeal

extension Document {
    /// The document with the head of the journal under each sheet, by which paper and record can be compared later:
    /// `frontdesk verify --against`. Every document that leaves the program passes here.
    func sealed(by seal: HeadSeal?) -> Document { seal.map { adding(foot: $0.label[language]) } ?? self }
}
