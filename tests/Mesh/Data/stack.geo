// Gate, PSG, WO3 and oxide, in nm, y down; the gate covers the middle third of the PSG.
SetFactory("Built-in");
f = 1.0; c = 4.0;
Point(1) = {10, 0, 0, 2}; Point(2) = {20, 0, 0, 2};
Point(3) = {0, 4, 0, c}; Point(4) = {10, 4, 0, f}; Point(5) = {20, 4, 0, f}; Point(6) = {30, 4, 0, c};
Point(7) = {0, 12, 0, 2}; Point(8) = {30, 12, 0, 2};
Point(9) = {0, 18, 0, c}; Point(10) = {30, 18, 0, c};
Point(11) = {0, 30, 0, 6}; Point(12) = {30, 30, 0, 6};
Line(1) = {1, 2}; Line(2) = {2, 5}; Line(3) = {5, 4}; Line(4) = {4, 1};
Line(5) = {3, 4}; Line(6) = {5, 6}; Line(7) = {6, 8}; Line(8) = {8, 7}; Line(9) = {7, 3};
Line(10) = {8, 10}; Line(11) = {10, 9}; Line(12) = {9, 7};
Line(13) = {10, 12}; Line(14) = {12, 11}; Line(15) = {11, 9};
Curve Loop(1) = {1, 2, 3, 4}; Plane Surface(1) = {1};
Curve Loop(2) = {5, -3, 6, 7, 8, 9}; Plane Surface(2) = {2};
Curve Loop(3) = {-8, 10, 11, 12}; Plane Surface(3) = {3};
Curve Loop(4) = {-11, 13, 14, 15}; Plane Surface(4) = {4};
Physical Surface("gate") = {1}; Physical Surface("psg") = {2};
Physical Surface("channel") = {3}; Physical Surface("oxide") = {4};
Physical Curve("top") = {1}; Physical Curve("bottom") = {14};
