import Testing
import TestSupport

@testable import Estate

@Suite("Telephone numbers")
struct PhoneTests {
    @Test(
        "a number is stored as digits without +86 and separators, with its extension",
        arguments: [
            ("+86 138 0000 1111", "13800001111"), ("0086-13800001111", "13800001111"), ("138/0000/1111", "13800001111"),
            ("(0571) 8888-7777", "057188887777"), ("（０５７１）８８８８７７７７", "057188887777"), ("＋８６１３８００００１１１１", "13800001111"),
            ("0571-88887777转123", "057188887777#123"), ("0571-88887777#12", "057188887777#12"),
            ("0571 88887777 x12", "057188887777#12"), ("110", "110"),
        ])
    func phones(typed: String, text: String) { #expect(phone(typed).text == text) }

    @Test("a malformed number is refused", arguments: ["12", "电话", "1380000111a", "12345678901234567", "+"])
    func noPhone(typed: String) {
        #expect(refusal { try Phone(text: typed, zone: .shanghai) }?.code == "phone.malformed")
    }

    @Test(
        "all but the first three and the last four digits are masked",
        arguments: [
            ("13800001111", "138****1111"), ("88887777", "****7777"), ("0571-88887777转123", "057*****7777"),
            ("110", "*10"),
        ])
    func masked(typed: String, masked: String) { #expect(phone(typed).masked == masked) }
}
