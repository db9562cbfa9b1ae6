"""What a person can hold before the demo's scanner. All of it is invented: no province has the number 000.

Rules: pure; every name has its words on the page.
"""

WALLET = {
    "old_card": "000144000001|000000001|Trần Thị Trăng|01051944|Nữ|Ấp 1, xã Hư Cấu, Cà Mau|25042021",
    "young_card": "000095000002||Lê Văn Sóng|31121995|Nam|Ấp 2, xã Hư Cấu, Cà Mau|02072024||||",
    "receipt": "H12.02-261116-0042",
    "appointment": "goiso-hen:2026-11-24T08:00",
    "menu": "https://example.com/menu",
}
